// Sells one thing: an order that the merchant's server signed, and tells a chat of it.
// A real app gets the token from its server; this one was signed ahead.
import {orderToken} from './order.js';

const line = document.createElement('p');
line.textContent = 'Green tea, 499.00 RUB';
const button = (label, act) => {
  const made = document.createElement('button');
  made.textContent = label;
  made.addEventListener('click', async () => {
    try {
      line.textContent = await act();
    } catch (error) {
      line.textContent = `It did not work (${error.code})`;
    }
  });
  return made;
};
const buy = button('Buy', async () => {
  const {status} = await kiosk.payments.request({orderToken}, {idempotencyKey: 'TEA-1'});
  return `Tea is ${status}`;
});
const tell = button('Tell a friend', async () => {
  const {status} = await kiosk.messages.share({text: 'Good tea here'});
  return `Message ${status}`;
});
const locate = button('Near me', async () => {
  const district = await kiosk.call('city.district', {});
  return `Tea in ${district}`;
});
document.body.append(line, buy, tell, locate);
