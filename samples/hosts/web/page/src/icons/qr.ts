// A QR code, made on the page: nothing of it is asked of anyone.

import makeQr from 'qrcode-generator';

const svg = 'http://www.w3.org/2000/svg';
const border = 3;

/// The code as an SVG in a list, empty when the text does not fit into one.
export function drawQr(text: string): Element[] {
  if (text === '') return [];
  const code = makeQr(0, 'M');
  try {
    const bytes = new TextEncoder().encode(text);
    code.addData(String.fromCharCode(...bytes), 'Byte');
    code.make();
  } catch {
    return [];
  }
  const count = code.getModuleCount();
  let path = '';
  for (let y = 0; y < count; ++y) {
    for (let x = 0; x < count; ++x) {
      if (code.isDark(y, x)) path += `M${x + border} ${y + border}h1v1h-1z`;
    }
  }
  const drawn = document.createElementNS(svg, 'svg');
  const modules = document.createElementNS(svg, 'path');
  const size = count + 2 * border;
  drawn.setAttribute('viewBox', `0 0 ${size} ${size}`);
  drawn.setAttribute('aria-hidden', 'true');
  modules.setAttribute('d', path);
  drawn.append(modules);
  return [drawn];
}
