// Money: what there is, and what was paid.

import {useEffect, useState} from 'preact/hooks';

import {get, remove} from '../core/api';
import {update, use} from '../core/store';
import {toast, toastFailure} from '../core/toasts';
import {Icon} from '../icons/icon';
import {dayName, fullTime, isoTime, money} from '../texts/format';
import {t} from '../texts/texts';
import type {Payment, Subscription} from '../core/types';
import {MoneyRequests} from './money_requests';
import {Avatar, Empty, Screen} from './parts';

export function WalletScreen() {
  const {balances, payments} = use(page => page.wallet);
  return (
    <Screen title={t().wallet.title}>
      <section class="purse" aria-label={t().wallet.balance}>
        <p class="purse-label">{t().wallet.balance}</p>
        {balances.length === 0 && <p class="purse-none">{t().wallet.none}</p>}
        {balances.map(({currency, minor}) => (
          <p key={currency} class="purse-amount" dir="ltr">{money(minor, currency)}</p>
        ))}
        <span class="purse-icon"><Icon name="wallet" /></span>
      </section>
      <MoneyRequests />
      <Subscriptions />
      <section class="block" aria-labelledby="payments-title">
        <h2 id="payments-title">{t().wallet.payments}</h2>
        {payments.length === 0 && (
          <Empty icon="receipt" title={t().wallet.noPayments} text={t().wallet.noPaymentsText} />
        )}
        {payments.length > 0 && (
          <ul class="rows">{payments.map(item => <PaymentRow key={item.id} payment={item} />)}</ul>
        )}
      </section>
    </Screen>
  );
}

function PaymentRow({payment}: {payment: Payment}) {
  const {payee, appName, atMs, state, amountMinor, currency, receipt} = payment;
  return (
    <li class="row">
      <Avatar name={payee} />
      <span class="row-words">
        <b>{payee}</b>
        <span class="quiet">
          {t().wallet.via(appName)} · <time dateTime={isoTime(atMs)}>{fullTime(atMs)}</time>
        </span>
      </span>
      <span class="row-end">
        <b class={state === 'paid' ? 'amount' : 'amount amount-off'} dir="ltr">
          {`−${money(amountMinor, currency)}`}
        </b>
        <span class={`state state-${state === 'paid' || state === 'failed' ? state : 'other'}`}>
          {t().wallet.states[state] ?? t().wallet.states['unknown']}
        </span>
      </span>
      {receipt ?
        <button type="button" class="icon-button" title={t().wallet.receipt}
                aria-label={`${t().wallet.receipt}: ${payee}`}
                onClick={() => update({receipt})}>
          <Icon name="receipt" />
        </button> :
        <span class="icon-space" />}
    </li>
  );
}

/// What is paid regularly, and its end: one press, no question.
function Subscriptions() {
  const payments = use(page => page.wallet.payments);
  const [list, setList] = useState<Subscription[]>([]);
  const [round, setRound] = useState(0);
  useEffect(() => {
    get<{subscriptions: Subscription[]}>('/api/subscriptions')
        .then(answer => setList(answer.subscriptions), toastFailure);
  }, [payments, round]);
  const cancel = (id: string) => remove(`/api/subscriptions/${encodeURIComponent(id)}`).then(() => {
    toast(t().wallet.subscriptionCancelled, 'positive');
    setRound(round + 1);
  }, toastFailure);
  if (list.length === 0) return null;
  return (
    <section class="block" aria-labelledby="subscriptions-title">
      <h2 id="subscriptions-title">{t().wallet.subscriptions}</h2>
      <ul class="rows">
        {list.map(one => (
          <li key={one.id} class="row">
            <Avatar name={one.payee} />
            <span class="row-words">
              <b>{one.title}</b>
              <span class="quiet">{one.payee} · {t().wallet.via(one.appName)}</span>
              <span class="quiet">
                {one.nextChargeAtMs > 0 ? t().wallet.nextCharge(dayName(one.nextChargeAtMs)) :
                                          t().wallet.subscriptionOver}
              </span>
            </span>
            <span class="row-end">
              <b class="amount" dir="ltr">{money(one.amountMinor, one.currency)}</b>
              <span class="quiet">{t().wallet.every(one.periodUnit, one.periodCount)}</span>
            </span>
            {one.nextChargeAtMs > 0 && (
              <button type="button" class="button button-danger"
                      aria-label={`${t().wallet.cancelSubscription}: ${one.title}`}
                      onClick={() => void cancel(one.id)}>{t().wallet.cancelSubscription}</button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
