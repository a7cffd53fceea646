// A mini-app on the page. The app draws inside `view` alone; the frame is the host's: its name and
// operator, the title it asked for, back, buttons at the foot.

import {useEffect, useLayoutEffect, useRef, useState} from 'preact/hooks';

import {changeSettings, effectiveDirection, getSettings, panelWidthMax, panelWidthMin}
    from '../core/settings';
import {closeSlot, panelSized, pressButton, reopen, show, treeOf} from '../core/slots';
import {type Slot, update, use} from '../core/store';
import {Icon} from '../icons/icon';
import {t} from '../texts/texts';
import type {ChromeButton} from '../core/types';
import {AppIcon, Empty, IconButton} from './parts';

const titleMax = 64;

export function Panel({slot}: {slot: Slot}) {
  const apps = use(page => page.apps);
  const app = apps.find(item => item.id === slot.app);
  const name = slot.open?.appName ?? app?.name ?? slot.app;
  const operator = slot.open?.operator ?? app?.operator ?? '';
  const running = slot.id !== '' && slot.ended === null;
  return (
    <aside class="panel" aria-label={t().panel.label(name)}>
      <Resizer />
      <PanelBar slot={slot} name={name} operator={operator} running={running} />
      <div class="panel-body">
        {running && <ViewPort session={slot.id} name={name} />}
        <Cover slot={slot} name={name} />
      </div>
      {running && <Foot slot={slot} />}
    </aside>
  );
}

interface BarProps {
  slot: Slot;
  name: string;
  operator: string;
  running: boolean;
}

function PanelBar({slot, name, operator, running}: BarProps) {
  const full = use(page => page.full);
  const {back = false, title = ''} = slot.chrome;
  return (
    <header class="bar panel-bar">
      {running && back ?
        <IconButton icon="arrow-left" label={t().common.back}
                    onClick={() => void pressButton(slot.id, 'back')} /> :
        <IconButton icon="chevron-down" label={t().panel.hide} className="only-phone"
                    onClick={() => show(null)} />}
      <AppIcon id={slot.app} name={name} size="small" />
      <div class="panel-names">
        <h2 class="bar-title">
          <span class="panel-app">{name}</span>
          {title !== '' && title !== name && (
            <span class="panel-title">{title.slice(0, titleMax)}</span>
          )}
        </h2>
        <p class="panel-operator"><Icon name="shield" />{t().panel.operator(operator)}</p>
      </div>
      <IconButton icon={full ? 'shrink' : 'expand'} className="only-desktop" pressed={full}
                  label={full ? t().panel.shrink : t().panel.expand}
                  onClick={() => update({full: !full})} />
      <PanelMenu slot={slot} />
      <IconButton icon="close" label={t().panel.closeApp}
                  onClick={() => void closeSlot(slot.key)} />
    </header>
  );
}

function PanelMenu({slot}: {slot: Slot}) {
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    ref.current!.querySelector<HTMLElement>('.menu-item')?.focus();
    const away = (event: Event) => !ref.current?.contains(event.target as Node) && setOpen(false);
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);
  const item = (label: string, act: () => void) => (
    <button type="button" class="menu-item" onClick={() => {
      setOpen(false);
      act();
    }}>{label}</button>
  );
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    setOpen(false);
    ref.current?.querySelector<HTMLElement>('.icon-button')?.focus();
  };
  return (
    <div class="menu-place" ref={ref} onKeyDown={onKey}>
      <IconButton icon="more" label={t().common.more} expanded={open}
                  onClick={() => setOpen(!open)} />
      {open && (
        <div class="menu" role="group" aria-label={t().common.more}>
          {item(t().panel.about, () => update({details: slot.app}))}
          {item(t().panel.restart, () => void reopen(slot.key))}
          {item(t().panel.hide, () => show(null))}
          {item(t().panel.closeApp, () => void closeSlot(slot.key))}
        </div>
      )}
    </div>
  );
}

/// Where the app's view is hung in. The tree belongs to the session, not to this component.
function ViewPort({session, name}: {session: string; name: string}) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = ref.current!;
    const tree = treeOf(session);
    if (tree === null) return;
    tree.root.setAttribute('role', 'region');
    tree.root.setAttribute('aria-label', name);
    place.replaceChildren(tree.root);
    const watch = new ResizeObserver(() => {
      panelSized(Math.round(place.clientWidth), Math.round(place.clientHeight));
    });
    watch.observe(place);
    return () => watch.disconnect();
  }, [session, name]);
  return <div class="view-port" ref={ref} />;
}

/// What lies over the view while there is none: opening, could not be opened, asleep, ended.
function Cover({slot, name}: {slot: Slot; name: string}) {
  const again = (
    <div class="cover-buttons">
      <button type="button" class="button button-primary" onClick={() => void reopen(slot.key)}>
        {t().panel.again}
      </button>
      <button type="button" class="button" onClick={() => void closeSlot(slot.key)}>
        {t().common.close}
      </button>
    </div>
  );
  if (slot.failed !== null) {
    const failures: Record<string, string> = t().failures;
    const text = failures[slot.failed.code] ?? (slot.failed.message || failures['internal']!);
    return (
      <div class="cover" role="alert">
        <Empty icon="warning" title={t().panel.notOpened} text={text}>{again}</Empty>
      </div>
    );
  }
  if (slot.ended !== null) {
    const text = t().ended[slot.ended.reason] ?? t().ended['other']!;
    return (
      <div class="cover" role="alert">
        <Empty icon="info" title={t().panel.ended} text={text}>{again}</Empty>
      </div>
    );
  }
  if (slot.id === '' || slot.open?.state === 'opening') {
    return (
      <div class="cover cover-opening" role="status">
        <span class="opening-icon"><AppIcon id={slot.app} name={name} size="huge" /></span>
        <p class="empty-title">{t().panel.opening(name)}</p>
        <p class="empty-text">{t().panel.openingText}</p>
        <span class="opening-bar" aria-hidden="true" />
      </div>
    );
  }
  if (slot.open?.state === 'suspended') {
    return <div class="cover" role="status"><Empty icon="moon" title={t().panel.suspended} /></div>;
  }
  return null;
}

function Foot({slot}: {slot: Slot}) {
  const {main, secondary} = slot.chrome;
  if (!main?.visible && !secondary?.visible) return null;
  const button = (which: 'main' | 'secondary', state: ChromeButton | undefined) =>
      state?.visible !== true ? null : (
        <button type="button" disabled={!state.enabled || state.busy} aria-busy={state.busy}
                class={`button button-wide ${which === 'main' ? 'button-primary' : ''}`}
                onClick={() => void pressButton(slot.id, which)}>
          {state.busy && <span class="ring" aria-hidden="true" />}
          {state.text.slice(0, titleMax)}
        </button>
      );
  return (
    <footer class="panel-foot">
      {button('secondary', secondary)}
      {button('main', main)}
    </footer>
  );
}

const widthStep = 24;

/// The edge between section and mini-app: dragged, or moved with the arrow keys.
function Resizer() {
  const [width, setWidth] = useState(getSettings().panelWidth);
  const change = (wanted: number) => {
    const allowed = Math.min(panelWidthMax, Math.max(panelWidthMin, Math.round(wanted)));
    setWidth(allowed);
    changeSettings({panelWidth: allowed});
  };
  const side = () => (effectiveDirection() === 'rtl' ? -1 : 1);
  const onDown = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement;
    const start = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (to: PointerEvent) => {
      document.documentElement.style.setProperty(
          '--panel-width', `${width + (start - to.clientX) * side()}px`);
    };
    const up = (to: PointerEvent) => {
      handle.removeEventListener('pointermove', move);
      change(width + (start - to.clientX) * side());
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', up, {once: true});
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {ArrowLeft: side(), ArrowRight: -side()};
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    change(width + step * widthStep);
  };
  return (
    <div class="resizer only-desktop" role="separator" aria-orientation="vertical" tabIndex={0}
         aria-label={t().panel.resize} aria-valuenow={width} aria-valuemin={panelWidthMin}
         aria-valuemax={panelWidthMax} onPointerDown={onDown} onKeyDown={onKey} />
  );
}
