// The consent sheet. What makes it hard to fake or to hurry:
//   - the browser's modal dialog: in the top layer, and everything else is inert
//   - the user's own pictures, which no mini-app knows
//   - Allow works when the sheet has been visible for a while, in a visible window; the host
//     measures the same time itself and refuses an earlier answer
//   - nothing in it has the focus at first, so a key that is held down answers nothing

import {useEffect, useRef, useState} from 'preact/hooks';

import {ApiError} from '../core/api';
import {promptShown} from '../core/client';
import {use} from '../core/store';
import {sentenceOf} from '../core/toasts';
import {Icon} from '../icons/icon';
import {t} from '../texts/texts';
import type {Prompt} from '../core/types';
import {permissionIcon} from './app_details';
import {AppIcon, Modal} from './parts';
import {settle} from './prompts';

const armMsMin = 500;
/// The host measures from when it heard of the sheet; this much more covers the way back.
const slackMs = 40;

type Arming = 'waiting' | 'filling' | 'armed';

/// Counts only time in which the window could be seen; hidden in between, it begins anew.
function useArming(prompt: Prompt, round: number): Arming {
  const [state, setState] = useState<Arming>('waiting');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const begin = async () => {
      clearTimeout(timer);
      setState('waiting');
      if (document.visibilityState !== 'visible') return;
      try {
        await promptShown(prompt);
      } catch (error) {
        if ((error as ApiError).code !== 'not_found' && !stopped) timer = setTimeout(begin, 1000);
        return;
      }
      if (stopped || document.visibilityState !== 'visible') return;
      setState('filling');
      const ms = Math.max(armMsMin, prompt.armAfterMs ?? 0) + slackMs;
      timer = setTimeout(() => setState('armed'), ms);
    };
    const frame = requestAnimationFrame(() => void begin());
    const onVisible = () => void begin();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      stopped = true;
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [prompt.id, round]);
  return state;
}

const isPayment = (prompt: Prompt) => (prompt.permission ?? '').startsWith('payments.');

/// The fact that says how much, in the host's own words.
const amountLabels = ['Amount', 'Сумма'];

export function ConsentSheet({prompt}: {prompt: Prompt}) {
  const [round, setRound] = useState(0);
  const arming = useArming(prompt, round);
  const [busy, setBusy] = useState('');
  const [problem, setProblem] = useState('');
  const answering = useRef(false);
  const pays = isPayment(prompt);
  const answer = async (word: 'granted' | 'refused' | 'dismissed') => {
    if (answering.current || (word === 'granted' && arming !== 'armed')) return;
    answering.current = true;
    setBusy(word);
    setProblem('');
    try {
      await settle(prompt, {answer: word});
    } catch (error) {
      setProblem(sentenceOf(error));
      if ((error as ApiError).code === 'too_early') setRound(round + 1);
      answering.current = false;
      setBusy('');
    }
  };
  const facts = prompt.facts ?? [];
  const amount = pays ? facts.find(fact => amountLabels.includes(fact.label)) : undefined;
  return (
    <Modal label={t().consent.asks(prompt.appName)} className="modal-consent"
           onClose={() => void answer('dismissed')}>
      <ConsentHead prompt={prompt} />
      {amount !== undefined && (
        <p class="consent-amount"><span>{t().consent.pays}</span><b dir="ltr">{amount.value}</b></p>
      )}
      <div class="consent-body" tabIndex={0} role="group" aria-label={t().consent.exactly}>
        {prompt.reason && (
          <figure class="consent-reason">
            <figcaption>{t().consent.reason}</figcaption>
            <blockquote><Icon name="quote" />{prompt.reason}</blockquote>
          </figure>
        )}
        <ConsentFacts prompt={prompt} amount={amount?.label} />
        <p class="consent-note">
          <Icon name="shield" />
          {prompt.everyTime ? t().consent.everyTime : t().consent.once} {t().consent.receipt}
        </p>
      </div>
      <Mark />
      <p class="form-problem" role="alert">{problem}</p>
      <ConsentButtons arming={arming} busy={busy} amount={amount?.value} pays={pays}
                      answer={word => void answer(word)} />
    </Modal>
  );
}

function ConsentHead({prompt}: {prompt: Prompt}) {
  return (
    <header class="consent-head">
      <span class="consent-icons">
        <AppIcon id={prompt.app} name={prompt.appName} size="large" />
        <span class="consent-permission">
          <Icon name={permissionIcon(prompt.permission ?? '')} />
        </span>
      </span>
      <p class="consent-asks">{t().consent.asks(prompt.appName)}</p>
      <h2>{prompt.title}</h2>
      <p class="consent-operator">{t().consent.operator}: <b>{prompt.operator}</b></p>
    </header>
  );
}

function ConsentFacts({prompt, amount}: {prompt: Prompt; amount: string | undefined}) {
  const facts = (prompt.facts ?? []).filter(fact => fact.label !== amount);
  if (prompt.purpose) facts.push({label: t().consent.purpose, value: prompt.purpose});
  if (facts.length === 0) return null;
  return (
    <section class="consent-facts">
      <h3>{t().consent.exactly}</h3>
      <dl class="facts">
        {facts.map(({label, value}, index) => (
          <div key={index}><dt>{label}</dt><dd dir="auto">{value}</dd></div>
        ))}
      </dl>
    </section>
  );
}

function Mark() {
  const mark = use(page => page.user?.mark ?? []);
  return (
    <div class="mark">
      <span class="mark-pictures" role="img" aria-label={`${t().consent.mark}: ${mark.join(' ')}`}>
        {mark.map((picture, index) => <span key={index}>{picture}</span>)}
      </span>
      <span class="mark-words"><b>{t().consent.mark}</b> {t().consent.markText}</span>
    </div>
  );
}

interface ButtonsProps {
  arming: Arming;
  busy: string;
  amount: string | undefined;
  pays: boolean;
  answer: (word: 'granted' | 'refused' | 'dismissed') => void;
}

function ConsentButtons({arming, busy, amount, pays, answer}: ButtonsProps) {
  const armed = arming === 'armed';
  const words = !pays ? t().consent.allow :
      amount === undefined ? t().consent.payPlain : t().consent.pay(`\u2066${amount}\u2069`);
  return (
    <footer class="consent-buttons">
      <button type="button" class={`button button-primary button-wide allow allow-${arming}`}
              aria-disabled={!armed || busy !== ''} aria-describedby="allow-note"
              onClick={() => answer('granted')}>
        <span class="allow-fill" aria-hidden="true" />
        <span class="allow-words">
          {busy === 'granted' && <span class="ring" aria-hidden="true" />}
          {busy === 'granted' ? t().consent.working : words}
        </span>
      </button>
      <span id="allow-note" class="sr-only">{armed ? '' : t().consent.waiting}</span>
      <button type="button" class="button button-wide" disabled={busy !== ''}
              onClick={() => answer('refused')}>
        {pays ? t().consent.refusePay : t().consent.refuse}
      </button>
      <button type="button" class="button button-quiet button-wide" disabled={busy !== ''}
              onClick={() => answer('dismissed')}>{t().consent.later}</button>
    </footer>
  );
}
