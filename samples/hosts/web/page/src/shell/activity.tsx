// What mini-apps did, from the host's own record.

import {useEffect, useState} from 'preact/hooks';

import {get} from '../core/api';
import {sentenceOf} from '../core/toasts';
import {fullTime, isoTime} from '../texts/format';
import {t} from '../texts/texts';
import type {ActivityEntry} from '../core/types';
import {Empty, Ring, Screen} from './parts';

export function Activity() {
  const [entries, setEntries] = useState<ActivityEntry[] | null>(null);
  const [problem, setProblem] = useState('');
  const load = () => {
    setProblem('');
    get<{entries: ActivityEntry[]}>('/api/activity')
        .then(answer => setEntries(answer.entries), error => setProblem(sentenceOf(error)));
  };
  useEffect(load, []);
  return (
    <Screen title={t().activity.title} lead={t().activity.lead}>
      {problem !== '' && (
        <Empty icon="offline" title={problem}>
          <button type="button" class="button" onClick={load}>{t().common.retry}</button>
        </Empty>
      )}
      {entries === null && problem === '' && <Ring />}
      {entries?.length === 0 && <Empty icon="activity" title={t().activity.none} />}
      {entries !== null && entries.length > 0 && <Table entries={entries} />}
    </Screen>
  );
}

function Table({entries}: {entries: ActivityEntry[]}) {
  return (
    <div class="table-place" tabIndex={0} role="group" aria-label={t().activity.title}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t().activity.when}</th>
            <th scope="col">{t().activity.app}</th>
            <th scope="col">{t().activity.what}</th>
            <th scope="col">{t().activity.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({atMs, appName, method, outcome, kind = ''}, index) => (
            <tr key={index}>
              <td><time dateTime={isoTime(atMs)}>{fullTime(atMs)}</time></td>
              <td>{appName}</td>
              <td><code>{method || t().activity.kinds[kind] || kind}</code></td>
              <td>
                <span class={outcome === 'ok' ? 'tag tag-good' : 'tag'}>
                  {outcome === 'ok' ? t().activity.ok : t().activity.outcomes[outcome] ?? outcome}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
