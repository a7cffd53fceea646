import { h, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';

function App() {
  const [count, setCount] = useState(0);
  const [name, setName] = useState('');
  const [items, setItems] = useState(['a', 'b', 'c']);
  const [effect, setEffect] = useState('no effect');
  const [open, setOpen] = useState(false);
  useEffect(() => setEffect(`effect ran ${count}`), [count]);
  return (
    <div>
      <h1>Framework</h1>
      <p>Count {count}</p>
      <button onClick={() => setCount(count + 1)}>Add</button>
      <input
        aria-label="Name"
        value={name}
        onInput={(event) => setName(event.target.value.toUpperCase())}
      />
      <p>Hello {name || 'nobody'}</p>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <button onClick={() => setItems([...items].reverse())}>Reverse</button>
      <button onClick={() => setItems(items.slice(1))}>Drop</button>
      <p>{effect}</p>
      <button disabled={count < 2} onClick={() => setOpen(!open)}>
        Gate
      </button>
      {open && <p>gate open</p>}
    </div>
  );
}
render(<App />, document.body);
