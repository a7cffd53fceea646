// The closed table of icons, drawn by hand on a grid of 24. Mini-apps name them with the `icon`
// component, the page uses them itself; nothing else is ever drawn as SVG.

const paths = {
  'search': 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5',
  'home': 'M3 11l9-8 9 8M5 9.5V20h5v-6h4v6h5V9.5',
  'chat': 'M4 5h16v11H9l-5 4z',
  'card': 'M3 6h18v13H3zM3 10h18M7 15h4',
  'wallet': 'M4 7h15v12H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2h12v3M15.5 13h.01',
  'check': 'M4 12.5l5.5 5.5L20 7',
  'close': 'M5 5l14 14M19 5L5 19',
  'plus': 'M12 4v16M4 12h16',
  'minus': 'M4 12h16',
  'trash': 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  'edit': 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4',
  'star': 'M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12 17.2 6.4 20.3 7.6 14 3 9.6l6.3-.8z',
  'heart': 'M12 20S4 15 4 9a4 4 0 0 1 8-1.500A4 4 0 0 1 20 9c0 6-8 11-8 11z',
  'bell': 'M6 10a6 6 0 0 1 12 0c0 6 2 7 2 7H4s2-1 2-7M10 20.500a2.2 2.2 0 0 0 4 0',
  'calendar': 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  'clock': 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2',
  'map': 'M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  'pin': 'M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.8-7 11-7 11M12 7.500a2.5 2.5 0 1 0 0 5' +
      ' 2.5 2.5 0 0 0 0-5',
  'truck': 'M2 6h12v11H2zM14 10h4l4 4v3h-8M6.5 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4M17.5 15a2 2 0' +
      ' 1 0 0 4 2 2 0 0 0 0-4',
  'box': 'M3 7.500L12 3l9 4.500v9L12 21l-9-4.500zM3 7.500l9 4.5 9-4.500M12 12v9',
  'school': 'M2 9l10-5 10 5-10 5zM6 11.500V17c3 3 9 3 12 0v-5.500M22 9v6',
  'book': 'M12 6c-2-1.5-5-2-9-2v14c4 0 7 .5 9 2 2-1.5 5-2 9-2V4c-4 0-7 .5-9 2zM12 6v14',
  'user': 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 20c0-4 4-6 8-6s8 2 8 6',
  'users': 'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2 20c0-4 3.5-5.5 7-5.500s7 1.5' +
      ' 7 5.500M16 5.200a3.5 3.5 0 0 1 0 6.600M18 14.800c2.5.7 4 2.2 4 5.2',
  'phone': 'M5 4h4l2 5-2.5 1.500a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1' +
      ' 0 0 1 1-1z',
  'mail': 'M3 6h18v13H3zM3 7l9 7 9-7',
  'lock': 'M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2',
  'key': 'M8 11a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M11.5 12.500L20 4M16 8l3 3',
  'camera': 'M3 8h4l2-3h6l2 3h4v11H3zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7',
  'image': 'M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 5M15.5 9h.01',
  'gift': 'M3 9h18v4H3zM5 13v8h14v-8M12 9v12M12 9c-5 0-6-5-3-5 2 0 3 5 3 5s1-5 3-5c3 0 2 5-3 5',
  'cart': 'M2 4h3l3 12h10l3-9H6M9 19.500h.01M17 19.500h.01',
  'arrow-left': 'M20 12H4M11 5l-7 7 7 7',
  'arrow-right': 'M4 12h16M13 5l7 7-7 7',
  'chevron-left': 'M15 5l-7 7 7 7',
  'chevron-right': 'M9 5l7 7-7 7',
  'chevron-up': 'M5 15l7-7 7 7',
  'chevron-down': 'M5 9l7 7 7-7',
  'info': 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5M12 7.800v.01',
  'warning': 'M12 3.500L2.5 20h19zM12 10v4.500M12 17.300v.01',
  'error': 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v6M12 16.200v.01',
  'help': 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.8.4-1' +
      ' 1-1 1.700M12 16.500v.01',
  'filter': 'M3 5h18l-7 8v6l-4 2v-8z',
  'sort': 'M7 4v16M3.5 16.500L7 20l3.5-3.500M17 20V4M13.5 7.500L17 4l3.5 3.5',
  'share': 'M12 15V3M8 6.500L12 3l4 3.500M6 11H4v10h16V11h-2',
  'download': 'M12 3v12M7 10.500l5 5 5-5M4 20h16',
  'upload': 'M12 16V4M7 8.500l5-5 5 5M4 20h16',
  'refresh': 'M20 12a8 8 0 1 1-2.5-5.800M20 3v5h-5',
  'settings': 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4M9 15a2 2 0 1 0 0 4' +
      ' 2 2 0 0 0 0-4',
  'more': 'M5 11.4a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2M12 11.4a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2' +
      'M19 11.4a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2',
  'link': 'M10 14a4 4 0 0 0 6 .5l3-3a4.2 4.2 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4.2' +
      ' 4.2 0 0 0 6 6l1-1',
  'file': 'M6 3h8l5 5v13H6zM14 3v5h5',
  // The page's own.
  'apps': 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM17 14v6M14 17h6',
  'shield': 'M12 3l8 3v6c0 5-3.5 8-8 9.500C7.5 20 4 17 4 12V6zM8.5 12l2.5 2.5 4.5-5',
  'activity': 'M3 12h4l3-8 4 16 3-8h4',
  'send': 'M4 12L3 4l18 8-18 8zM4 12h8',
  'expand': 'M14 4h6v6M10 20H4v-6M20 4l-7 7M4 20l7-7',
  'shrink': 'M20 10h-6V4M4 14h6v6M14 10l7-7M10 14l-7 7',
  'logout': 'M14 4h6v16h-6M4 12h11M8 8l-4 4 4 4',
  'sun': 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.500M17.5' +
      ' 17.500L19 19M19 5l-1.5 1.500M6.5 17.500L5 19',
  'moon': 'M20 14.500A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.500z',
  'device': 'M4 5h16v11H4zM9 20h6M12 16v4',
  'offline': 'M3 3l18 18M5 12a10 10 0 0 1 4-2.600M12.5 9a10 10 0 0 1 6.5 3M8.5 15.500a5 5 0 0' +
      ' 1 6-.6M12 19v.01',
  'receipt': 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  'quote': 'M5 16c2 0 4-2 4-5V7H4v5h3M14 16c2 0 4-2 4-5V7h-5v5h3',
};

export type IconName = keyof typeof paths;

export const iconPaths: Readonly<Record<IconName, string>> = paths;
export const isIcon = (name: string|null): name is IconName =>
    name !== null && Object.hasOwn(paths, name);

const svg = 'http://www.w3.org/2000/svg';

/// The icon as an element; it says nothing to a screen reader.
export function drawIcon(name: IconName): SVGElement {
  const drawn = document.createElementNS(svg, 'svg');
  const path = document.createElementNS(svg, 'path');
  drawn.setAttribute('viewBox', '0 0 24 24');
  drawn.setAttribute('class', mirrored.has(name) ? 'icon icon-mirrored' : 'icon');
  drawn.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', paths[name]);
  drawn.append(path);
  return drawn;
}

/// Icons that point along the line of reading turn round from right to left.
export const mirrored: ReadonlySet<string> = new Set([
  'arrow-left', 'arrow-right', 'chevron-left', 'chevron-right', 'send', 'logout', 'truck',
]);
