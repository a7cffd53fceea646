// Money: what there is, and what was paid.

import {update, use} from '../core/store';
import {Icon} from '../icons/icon';
import {fullTime, isoTime, money} from '../texts/format';
import {t} from '../texts/texts';
import type {Payment} from '../core/types';
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
