// What is on the screen as a whole: log-in, failure, or the shell; over it prompts and toasts.

import {useEffect, useState} from 'preact/hooks';

import {load} from '../core/client';
import {onAppearance} from '../core/settings';
import {use} from '../core/store';
import {t} from '../texts/texts';
import {Empty, Ring} from './parts';
import {Login} from './login';
import {Prompts} from './prompts';
import {Shell} from './shell';
import {Toasts} from './toasts';

const listeners = new Set<() => void>();
onAppearance(() => listeners.forEach(listener => listener()));

export function Root() {
  const phase = use(page => page.phase);
  const [, again] = useState(0);
  // Another language: every word is drawn anew.
  useEffect(() => {
    const listener = () => again(count => count + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return (
    <>
      {phase === 'loading' && <div class="splash"><Ring /></div>}
      {phase === 'unreachable' && <Unreachable />}
      {phase === 'login' && <Login />}
      {phase === 'ready' && <Shell />}
      <Toasts />
      {phase === 'ready' && <Prompts />}
    </>
  );
}

const retryMs = 2_000;

function Unreachable() {
  useEffect(() => {
    const timer = setInterval(() => void load(), retryMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <main class="splash">
      <Empty icon="offline" title={t().unreachable.title} text={t().unreachable.text}>
        <button type="button" class="button button-primary" onClick={() => void load()}>
          {t().common.retry}
        </button>
      </Empty>
    </main>
  );
}
