// Small pieces that every screen uses.

import type {ComponentChildren} from 'preact';
import {useLayoutEffect, useRef, useState} from 'preact/hooks';

import {Icon} from '../icons/icon';
import type {IconName} from '../icons/icons';
import {initials, tintOf} from '../icons/letters';
import {use} from '../core/store';
import {t} from '../texts/texts';

interface AvatarProps {
  name: string;
  size?: 'small' | 'normal' | 'large' | 'huge';
  square?: boolean;
  src?: string | null;
}

/// A picture, or letters on the colour of the name. The name itself stands beside it.
export function Avatar({name, size = 'normal', square = false, src = null}: AvatarProps) {
  const [lost, setLost] = useState(false);
  const pictured = src !== null && !lost;
  const shape = square ? 'avatar-square' : 'avatar-round';
  return (
    <span class={`avatar avatar-${size} ${shape} tint-${tintOf(name)}`} aria-hidden="true"
          data-letters={pictured ? undefined : initials(name)}>
      {pictured && <img src={src} alt="" onError={() => setLost(true)} />}
    </span>
  );
}

/// An app's own icon where it has one that can be shown, else its letter.
export function AppIcon({id, name, size}: {id: string; name: string; size?: AvatarProps['size']}) {
  const drawn = use(page => page.apps.find(app => app.id === id)?.icon ?? false);
  const src = drawn ? `/icons/${encodeURIComponent(id)}` : null;
  return <Avatar name={name} size={size} square src={src} />;
}

interface IconButtonProps {
  icon: IconName;
  label: string;
  onClick: () => void;
  pressed?: boolean;
  className?: string;
  expanded?: boolean;
}

export function IconButton({icon, label, onClick, pressed, className = '', expanded}:
                               IconButtonProps) {
  return (
    <button type="button" class={`icon-button ${className}`} aria-label={label} title={label}
            aria-pressed={pressed} aria-expanded={expanded} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  text?: string;
  children?: ComponentChildren;
}

/// What stands where there is nothing: never a blank.
export function Empty({icon, title, text, children}: EmptyProps) {
  return (
    <div class="empty">
      <span class="empty-icon"><Icon name={icon} /></span>
      <p class="empty-title">{title}</p>
      {text !== undefined && <p class="empty-text">{text}</p>}
      {children}
    </div>
  );
}

export const Ring = ({label}: {label?: string}) => (
  <span class="waiting" role="status">
    <span class="ring" aria-hidden="true" />
    <span class={label === undefined ? 'sr-only' : ''}>{label ?? t().common.loading}</span>
  </span>
);

interface ScreenProps {
  title: string;
  lead?: string;
  children: ComponentChildren;
}

/// A screen of its own: heading, what it is for, content in a column.
export function Screen({title, lead, children}: ScreenProps) {
  return (
    <section class="screen" aria-labelledby="screen-title" tabIndex={0}>
      <div class="screen-column">
        <header class="screen-head">
          <h1 id="screen-title">{title}</h1>
          {lead !== undefined && <p>{lead}</p>}
        </header>
        {children}
      </div>
    </section>
  );
}

interface ModalProps {
  label: string;
  onClose: () => void;
  children: ComponentChildren;
  className?: string;
  role?: 'dialog' | 'alertdialog';
}

/// A sheet over the whole window. The browser's own modal dialog: in the top layer, above anything
/// a mini-app can draw, and everything else is inert while it is open. The focus goes to the sheet
/// itself, never to a button, and back to where it was.
export function Modal({label, onClose, children, className = '', role = 'dialog'}: ModalProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const dialog = ref.current!;
    const before = document.activeElement as HTMLElement | null;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('.modal-box')?.focus({preventScroll: true});
    const cancel = (event: Event) => {
      event.preventDefault();
      close.current();
    };
    dialog.addEventListener('cancel', cancel);
    return () => {
      dialog.removeEventListener('cancel', cancel);
      dialog.close();
      // Once the dialog is out of the page: until then everything else is inert.
      setTimeout(() => {
        if (before?.isConnected) before.focus({preventScroll: true});
      });
    };
  }, []);
  return (
    <dialog ref={ref} class={`modal ${className}`} role={role} aria-label={label}
            onClick={event => event.target === ref.current && close.current()}>
      <div class="modal-box" tabIndex={-1}>{children}</div>
    </dialog>
  );
}

export function SearchField({label, value, onInput}:
                                {label: string; value: string; onInput: (text: string) => void}) {
  return (
    <label class="search">
      <Icon name="search" />
      <span class="sr-only">{label}</span>
      <input type="search" placeholder={label} value={value} autocomplete="off"
             onInput={event => onInput((event.target as HTMLInputElement).value)} />
    </label>
  );
}

export const matches = (text: string, query: string): boolean =>
    text.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase());
