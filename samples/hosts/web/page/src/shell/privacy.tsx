// What mini-apps may do, what they learnt, and how to take it back.

import {useEffect, useState} from 'preact/hooks';

import {get, post, remove} from '../core/api';
import {update, use} from '../core/store';
import {sentenceOf, toast, toastFailure} from '../core/toasts';
import {Icon} from '../icons/icon';
import {dayName, fullTime, isoTime} from '../texts/format';
import {t} from '../texts/texts';
import type {Budget, Grant, Privacy as Facts, ReceiptLine} from '../core/types';
import {permissionIcon} from './app_details';
import {AppIcon, Empty, Modal, Ring, Screen} from './parts';

export function Privacy() {
  const changed = use(page => page.grantsAt);
  const [facts, setFacts] = useState<Facts | null>(null);
  const [problem, setProblem] = useState('');
  const [round, setRound] = useState(0);
  useEffect(() => {
    setProblem('');
    get<Facts>('/api/privacy').then(setFacts, error => setProblem(sentenceOf(error)));
  }, [changed, round]);
  const again = () => setRound(round + 1);
  return (
    <Screen title={t().privacy.title} lead={t().privacy.lead}>
      {problem !== '' && (
        <Empty icon="offline" title={problem}>
          <button type="button" class="button" onClick={again}>{t().common.retry}</button>
        </Empty>
      )}
      {facts === null && problem === '' && <Ring />}
      {facts !== null && (
        <>
          <Grants list={facts.grants} changed={again} />
          <Budgets list={facts.budgets} changed={again} />
          <Receipts list={facts.receipts} />
        </>
      )}
    </Screen>
  );
}

const grantPath = (app: string, permission?: string) =>
    `/api/grants/${encodeURIComponent(app)}` +
    (permission === undefined ? '' : `/${encodeURIComponent(permission)}`);

function Grants({list, changed}: {list: Grant[]; changed: () => void}) {
  const revoke = (path: string) => remove(path).then(() => {
    toast(t().privacy.revoked, 'positive');
    changed();
  }, toastFailure);
  const apps = [...new Map(list.map(grant => [grant.app, grant.appName]))];
  return (
    <section class="block" aria-labelledby="grants-title">
      <h2 id="grants-title">{t().privacy.grants}</h2>
      {list.length === 0 && <p class="quiet">{t().privacy.noGrants}</p>}
      {apps.map(([app, name]) => {
        const own = list.filter(grant => grant.app === app);
        return (
          <div key={app} class="group">
            <header class="group-head">
              <AppIcon id={app} name={name} size="small" />
              <h3>{name}</h3>
              {own.length > 1 && (
                <button type="button" class="button button-quiet"
                        aria-label={`${t().privacy.revokeAll}: ${name}`}
                        onClick={() => void revoke(grantPath(app))}>{t().privacy.revokeAll}</button>
              )}
            </header>
            <ul class="rows">
              {own.map(({permission, title, grantedAtMs}) => (
                <li key={permission} class="row">
                  <span class="row-icon"><Icon name={permissionIcon(permission)} /></span>
                  <span class="row-words">
                    <b>{title}</b>
                    <span class="quiet">{t().privacy.since(dayName(grantedAtMs))}</span>
                  </span>
                  <button type="button" class="button button-danger"
                          aria-label={`${t().privacy.revoke}: ${title}, ${name}`}
                          onClick={() => void revoke(grantPath(app, permission))}>
                    {t().privacy.revoke}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function Budgets({list, changed}: {list: Budget[]; changed: () => void}) {
  const apps = use(page => page.apps);
  const [erasing, setErasing] = useState<{app: string; name: string} | null>(null);
  const shown: Budget[] = [
    ...list,
    ...apps.filter(app => list.every(budget => budget.app !== app.id)).map(app => ({
      app: app.id,
      appName: app.name,
      used: 0,
      limit: app.privacyPointsMax ?? app.privacyPoints,
    })),
  ];
  return (
    <section class="block" aria-labelledby="budgets-title">
      <h2 id="budgets-title">{t().privacy.budgets}</h2>
      {shown.length === 0 && <p class="quiet">{t().privacy.noBudgets}</p>}
      <ul class="rows">
        {shown.map(({app, appName, used, limit}) => (
          <li key={app} class="row">
            <AppIcon id={app} name={appName} size="small" />
            <span class="row-words">
              <b>{appName}</b>
              <progress class={used * 2 > limit ? 'meter meter-high' : 'meter'} value={used}
                        max={Math.max(limit, 1)} aria-label={appName} />
              <span class="quiet">{t().privacy.used(used, limit)}</span>
            </span>
            <button type="button" class="button button-quiet"
                    aria-label={`${t().privacy.erase}: ${appName}`}
                    onClick={() => setErasing({app, name: appName})}>{t().privacy.erase}</button>
          </li>
        ))}
      </ul>
      {erasing !== null && (
        <Erase app={erasing.app} name={erasing.name} close={() => setErasing(null)}
               erased={changed} />
      )}
    </section>
  );
}

interface EraseProps {
  app: string;
  name: string;
  close: () => void;
  erased: () => void;
}

function Erase({app, name, close, erased}: EraseProps) {
  const [busy, setBusy] = useState(false);
  const erase = () => {
    setBusy(true);
    post('/api/erase', {app}).then(() => {
      toast(t().privacy.erased, 'positive');
      erased();
      close();
    }, error => {
      toastFailure(error);
      setBusy(false);
    });
  };
  return (
    <Modal label={t().privacy.eraseTitle(name)} onClose={close} className="modal-alert"
           role="alertdialog">
      <h2>{t().privacy.eraseTitle(name)}</h2>
      <p class="alert-text">{t().privacy.eraseText}</p>
      <div class="alert-buttons">
        <button type="button" class="button" onClick={close}>{t().common.cancel}</button>
        <button type="button" class="button button-danger" disabled={busy} onClick={erase}>
          {t().privacy.eraseYes}
        </button>
      </div>
    </Modal>
  );
}

function Receipts({list}: {list: ReceiptLine[]}) {
  return (
    <section class="block" aria-labelledby="receipts-title">
      <h2 id="receipts-title">{t().privacy.receipts}</h2>
      {list.length === 0 && <p class="quiet">{t().privacy.noReceipts}</p>}
      <ul class="rows">
        {list.map(({id, kind, appName, permission, title, atMs}) => (
          <li key={id}>
            <button type="button" class="row row-button" onClick={() => update({receipt: id})}>
              <span class="row-icon"><Icon name="receipt" /></span>
              <span class="row-words">
                <b>{t().privacy.kinds[kind] ?? kind}</b>
                <span class="quiet">
                  {appName}{permission !== '' && ` · ${title ?? permission}`}
                </span>
              </span>
              <time class="quiet" dateTime={isoTime(atMs)}>{fullTime(atMs)}</time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
