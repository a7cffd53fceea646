// Keeps a number in the host's storage, and says how the host shows it.

const line = document.createElement('p');
const button = document.createElement('button');
button.textContent = 'Count';
const key = 'count';
const show = count => {
  line.textContent = `Counted ${count} times`;
};
let count = 0;
button.addEventListener('click', async () => {
  count += 1;
  await kiosk.storage.local.set({key, value: count});
  show(count);
});
kiosk.on('hidden', () => console.log('hidden'));
kiosk.on('shown', () => console.log('shown'));
show(count);
document.body.append(line, button);
