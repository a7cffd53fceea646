// How things look, on this device; and who is logged in.

import {load, logOut} from '../core/client';
import {routeTo} from '../core/router';
import {changeSettings, getSettings, textSizes} from '../core/settings';
import {use} from '../core/store';
import {toastFailure} from '../core/toasts';
import {Icon} from '../icons/icon';
import {t} from '../texts/texts';
import {Avatar, Screen} from './parts';

interface ChoiceProps {
  label: string;
  value: string;
  options: [string, string][];
  choose: (value: string) => void;
}

/// A row of choices, one of which holds.
function Choice({label, value, options, choose}: ChoiceProps) {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      <div class="segments">
        {options.map(([id, words]) => (
          <label key={id} class="segment">
            <input type="radio" name={label} value={id} checked={value === id}
                   onChange={() => choose(id)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function SettingsScreen() {
  const user = use(page => page.user);
  const now = getSettings();
  const words = t().settings;
  return (
    <Screen title={words.title}>
      <section class="me" aria-label={words.account}>
        <Avatar name={user?.name ?? '?'} size="huge" />
        <div class="me-words">
          <h2>{user?.name}</h2>
          <p class="quiet">{words.mark}: <span class="me-mark">{user?.mark.join(' ')}</span></p>
        </div>
        <button type="button" class="button" onClick={() => logOut().catch(toastFailure)}>
          <Icon name="logout" /> {words.logOut}
        </button>
      </section>
      <ul class="rows only-phone">
        {(['privacy', 'activity'] as const).map(name => (
          <li key={name}>
            <a class="row" href={routeTo(name)}>
              <span class="row-icon">
                <Icon name={name === 'privacy' ? 'shield' : 'activity'} />
              </span>
              <span class="row-words"><b>{t().nav[name]}</b></span>
              <Icon name="chevron-right" />
            </a>
          </li>
        ))}
      </ul>
      <Choice label={words.scheme} value={now.scheme}
              options={[['system', words.system], ['light', words.light], ['dark', words.dark]]}
              choose={scheme => changeSettings({scheme: scheme as 'light'})} />
      <Choice label={words.textSize} value={String(now.textSize)}
              options={textSizes.map(size => [String(size), words.sizes[size]!])}
              choose={size => changeSettings({textSize: Number(size)})} />
      <p class="sample">{words.sample}</p>
      <Choice label={words.language} value={now.language}
              options={[['auto', words.auto], ['ru', 'Русский'], ['en', 'English']]}
              choose={language => {
                changeSettings({language: language as 'ru'});
                void load();
              }} />
      <Choice label={words.direction} value={now.direction}
              options={[['auto', words.dirAuto], ['ltr', words.ltr], ['rtl', words.rtl]]}
              choose={direction => changeSettings({direction: direction as 'ltr'})} />
    </Screen>
  );
}
