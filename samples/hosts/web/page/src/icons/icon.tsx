// An icon of the table, for the page's own parts.

import {type IconName, iconPaths, mirrored} from './icons';

export function Icon({name}: {name: IconName}) {
  return (
    <svg class={mirrored.has(name) ? 'icon icon-mirrored' : 'icon'} viewBox="0 0 24 24"
         aria-hidden="true">
      <path d={iconPaths[name]} />
    </svg>
  );
}
