/*---
id: WEB-FREEZE-006
title: objects of web classes take properties of their own
level: 2
grants: none
expect: ok
---*/
class Bus extends EventTarget {
  constructor() {
    super();
    this.dispatchEvent = (event) => super.dispatchEvent(event);
  }
}
const bus = new Bus();
let heard = 0;
bus.addEventListener('x', () => ++heard);
bus.dispatchEvent(new Event('x'));
equal(heard, 1, 'heard');
const element = document.createElement('p');
element.append = 'own';
equal(element.append, 'own', 'append');
const when = new Date(0);
when.toString = () => 'then';
equal(`${when}`, 'then', 'toString');
