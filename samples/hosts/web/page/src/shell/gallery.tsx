// The gallery of mini-apps.

import {useState} from 'preact/hooks';

import {openApp, show} from '../core/slots';
import {update, use} from '../core/store';
import {Icon} from '../icons/icon';
import {t} from '../texts/texts';
import type {App} from '../core/types';
import {AppIcon, Empty, matches, Screen, SearchField} from './parts';

export function Gallery() {
  const apps = use(page => page.apps);
  const slots = use(page => page.slots);
  const [query, setQuery] = useState('');
  const found = apps.filter(
      app => matches(`${app.name} ${app.shortName} ${app.description} ${app.operator}`, query));
  return (
    <Screen title={t().apps.title} lead={t().apps.lead}>
      <SearchField label={t().apps.search} value={query} onInput={setQuery} />
      {slots.length > 0 && (
        <section class="open-now" aria-label={t().apps.openNow}>
          <h2>{t().apps.openNow}</h2>
          <ul>
            {slots.map(slot => {
              const name = slot.open?.appName ?? slot.app;
              return (
                <li key={slot.key}>
                  <button type="button" class="chip" onClick={() => show(slot.key)}>
                    <AppIcon id={slot.app} name={name} size="small" />
                    <span>{name}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {apps.length === 0 && (
        <Empty icon="apps" title={t().apps.none} text={t().apps.noneText} />
      )}
      {apps.length > 0 && found.length === 0 && <Empty icon="search" title={t().apps.noneFound} />}
      <ul class="app-grid">{found.map(app => <AppCard key={app.id} app={app} />)}</ul>
    </Screen>
  );
}

function AppCard({app}: {app: App}) {
  const count = app.permissions.length;
  return (
    <li class="app-card">
      <div class="app-card-top">
        <AppIcon id={app.id} name={app.name} size="large" />
        <div class="app-card-names">
          <h2>{app.name}</h2>
          <p class="app-card-operator">{t().apps.by(app.operator)}</p>
        </div>
      </div>
      <p class="app-card-text">{app.description}</p>
      <p class="app-card-asks">
        <Icon name="shield" /> {t().apps.asksCount(count)}
      </p>
      <div class="app-card-buttons">
        <button type="button" class="button" aria-label={`${t().apps.details}: ${app.name}`}
                onClick={() => update({details: app.id})}>{t().apps.details}</button>
        <button type="button" class="button button-primary"
                aria-label={t().chats.openApp(app.name)}
                onClick={() => void openApp(app.id)}>{t().common.open}</button>
      </div>
    </li>
  );
}
