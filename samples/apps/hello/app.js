// The whole app: an ES module that draws with the DOM. What it puts into document.body is the view.

const greeting = document.createElement('h1');
greeting.textContent = 'Hello from a mini-app';

const count = document.createElement('p');
let taps = 0;
const showCount = () => {
  count.textContent = taps === 1 ? 'Tapped once' : `Tapped ${taps} times`;
};
showCount();

const button = document.createElement('button');
button.textContent = 'Tap me';
button.addEventListener('click', () => {
  ++taps;
  showCount();
});

document.body.append(greeting, count, button);
