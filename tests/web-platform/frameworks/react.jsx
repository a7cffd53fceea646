import React from 'react';
import { createRoot } from 'react-dom/client';

function App() {
  const [count, setCount] = React.useState(0);
  const [name, setName] = React.useState('');
  const [items, setItems] = React.useState(['a', 'b', 'c']);
  const [effect, setEffect] = React.useState('no effect');
  const [open, setOpen] = React.useState(false);
  React.useEffect(() => setEffect(`effect ran ${count}`), [count]);
  return (
    <div>
      <h1>Framework</h1>
      <p>Count {count}</p>
      <button onClick={() => setCount(count + 1)}>Add</button>
      <input
        aria-label="Name"
        value={name}
        onChange={(event) => setName(event.target.value.toUpperCase())}
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
createRoot(document.body).render(<App />);
