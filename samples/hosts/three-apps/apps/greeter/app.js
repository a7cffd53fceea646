// Asks the host who the user is, and greets.

const line = document.createElement('p');
line.textContent = 'Who are you?';
const button = document.createElement('button');
button.textContent = 'Greet me';
button.addEventListener('click', async () => {
  try {
    const {firstName} = await kiosk.identity.userinfo({});
    line.textContent = `Hello, ${firstName}`;
  } catch (error) {
    line.textContent = `Hello, stranger (${error.code})`;
  }
});
document.body.append(line, button);
