// News at the edge of the window, read out by screen readers.

import {use} from '../core/store';
import {dismissToast} from '../core/toasts';
import {Icon} from '../icons/icon';
import type {IconName} from '../icons/icons';
import {t} from '../texts/texts';

const icons: Record<string, IconName> =
    {positive: 'check', negative: 'error', warning: 'warning', accent: 'info'};

export function Toasts() {
  const toasts = use(page => page.toasts);
  return (
    <div class="toasts" role="status" aria-live="polite" aria-relevant="additions">
      {toasts.map(({key, text, tone, from}) => (
        <div key={key} class={`toast toast-${tone}`}>
          {icons[tone] !== undefined && <Icon name={icons[tone]!} />}
          <span class="toast-words">
            {from !== undefined && <b>{from}</b>}
            <span>{text}</span>
          </span>
          <button type="button" class="toast-close" aria-label={t().common.close}
                  onClick={() => dismissToast(key)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
