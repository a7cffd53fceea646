// Requests of money between users: what there is, and the asked user's yes or no.

import {useEffect, useState} from 'preact/hooks';

import {get, post} from '../core/api';
import {use} from '../core/store';
import {toast, toastFailure} from '../core/toasts';
import type {MoneyRequest} from '../core/types';
import {fullTime, isoTime, money} from '../texts/format';
import {t} from '../texts/texts';
import {Avatar} from './parts';

export function MoneyRequests() {
  const payments = use(page => page.wallet.payments);
  const [list, setList] = useState<MoneyRequest[]>([]);
  const [round, setRound] = useState(0);
  useEffect(() => {
    get<{requests: MoneyRequest[]}>('/api/money-requests')
        .then(answer => setList(answer.requests), toastFailure);
  }, [payments, round]);
  const answer = (id: string, act: 'pay' | 'decline', said: string) =>
      post(`/api/money-requests/${encodeURIComponent(id)}/${act}`).then(() => {
        toast(said, 'positive');
        setRound(round + 1);
      }, toastFailure);
  if (list.length === 0) return null;
  return (
    <section class="block" aria-labelledby="requests-title">
      <h2 id="requests-title">{t().wallet.requests}</h2>
      <ul class="rows">
        {list.map(one => <RequestRow key={one.id} request={one} answer={answer} />)}
      </ul>
    </section>
  );
}

function RequestRow({request, answer}: {
  request: MoneyRequest,
  answer: (id: string, act: 'pay' | 'decline', said: string) => Promise<void>,
}) {
  const {id, direction, otherName, appName, amountMinor, currency, note, state, atMs} = request;
  const name = otherName || t().wallet.gone;
  const words = direction === 'asked' ? t().wallet.youAsk(name) : t().wallet.asksYou(name);
  const amount = money(amountMinor, currency);
  return (
    <li class="row">
      <Avatar name={name} />
      <span class="row-words">
        <b>{words}</b>
        {note && <span class="quiet">{note}</span>}
        <span class="quiet">
          {t().wallet.via(appName)} · <time dateTime={isoTime(atMs)}>{fullTime(atMs)}</time>
        </span>
      </span>
      <span class="row-end">
        <b class="amount" dir="ltr">{amount}</b>
        <span class="quiet">{t().wallet.requestStates[state] ?? state}</span>
      </span>
      {direction === 'askedOf' && state === 'open' && (
        <>
          <button type="button" class="button" aria-label={`${t().wallet.pay}: ${amount}, ${name}`}
                  onClick={() => void answer(id, 'pay', t().wallet.requestPaid)}>
            {t().wallet.pay}
          </button>
          <button type="button" class="button button-danger"
                  aria-label={`${t().wallet.decline}: ${amount}, ${name}`}
                  onClick={() => void answer(id, 'decline', t().wallet.requestDeclined)}>
            {t().wallet.decline}
          </button>
        </>
      )}
    </li>
  );
}
