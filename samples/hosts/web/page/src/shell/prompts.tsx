// Questions of the host. One at a time, over the whole window; the next waits behind it.

import {useState} from 'preact/hooks';

import {answerPrompt, dropPrompt} from '../core/client';
import {use} from '../core/store';
import {toastFailure} from '../core/toasts';
import {ApiError} from '../core/api';
import {t} from '../texts/texts';
import type {Prompt} from '../core/types';
import {ConsentSheet} from './consent';
import {AppIcon, Avatar, Empty, IconButton, matches, Modal, SearchField} from './parts';

export function Prompts() {
  const prompt = use(page => page.prompts[0]);
  if (prompt === undefined) return null;
  switch (prompt.kind) {
    case 'consent': return <ConsentSheet key={prompt.id} prompt={prompt} />;
    case 'picker': return <Picker key={prompt.id} prompt={prompt} />;
    case 'alert': return <Alert key={prompt.id} prompt={prompt} />;
    case 'actionSheet': return <ActionSheet key={prompt.id} prompt={prompt} />;
  }
}

/// Sends an answer once. A question that is gone already was answered elsewhere.
export async function settle(prompt: Prompt, answer: object): Promise<void> {
  try {
    await answerPrompt(prompt, answer);
    dropPrompt(prompt.id);
  } catch (error) {
    if ((error as ApiError).code === 'not_found') dropPrompt(prompt.id);
    else throw error;
  }
}

function useOnce(prompt: Prompt): [boolean, (answer: object) => void] {
  const [busy, setBusy] = useState(false);
  const answer = (body: object) => {
    if (busy) return;
    setBusy(true);
    settle(prompt, body).catch(error => {
      toastFailure(error);
      setBusy(false);
    });
  };
  return [busy, answer];
}

function Head({prompt, title, close}: {prompt: Prompt; title: string; close: () => void}) {
  return (
    <header class="sheet-head">
      <AppIcon id={prompt.app} name={prompt.appName} size="small" />
      <div class="sheet-names">
        <h2>{title}</h2>
        <p class="quiet">{prompt.appName} · {prompt.operator}</p>
      </div>
      <IconButton icon="close" label={t().common.close} onClick={close} />
    </header>
  );
}

const searchFrom = 6;

function Picker({prompt}: {prompt: Prompt}) {
  const [query, setQuery] = useState('');
  const [busy, answer] = useOnce(prompt);
  const options = prompt.options ?? [];
  const found = options.filter(option => matches(option.label, query));
  const close = () => answer({choice: null});
  return (
    <Modal label={prompt.title || t().picker.title} onClose={close} className="modal-sheet">
      <Head prompt={prompt} title={prompt.title || t().picker.title} close={close} />
      {prompt.message && (
        <blockquote class="sheet-quote" aria-label={t().picker.preview}>
          {prompt.message}
        </blockquote>
      )}
      {options.length >= searchFrom && (
        <SearchField label={t().common.search} value={query} onInput={setQuery} />
      )}
      {found.length === 0 && <Empty icon="chat" title={t().picker.none} />}
      <ul class="sheet-list">
        {found.map(({id, label}) => (
          <li key={id}>
            <button type="button" class="sheet-row" disabled={busy}
                    onClick={() => answer({choice: id})}>
              <Avatar name={label} size="small" /><span>{label}</span>
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function Alert({prompt}: {prompt: Prompt}) {
  const [busy, answer] = useOnce(prompt);
  const given = prompt.options ?? [];
  const options = given.length > 0 ? given : [{id: 'ok', label: t().common.ok}];
  const close = () => answer({button: null});
  return (
    <Modal label={prompt.title || t().alert.from(prompt.appName)} onClose={close}
           className="modal-alert" role="alertdialog">
      <p class="alert-from">
        <AppIcon id={prompt.app} name={prompt.appName} size="small" />
        {t().alert.from(prompt.appName)}
      </p>
      {prompt.title && <h2>{prompt.title}</h2>}
      <p class="alert-text" tabIndex={0}>{prompt.message}</p>
      <div class="alert-buttons">
        {options.map(({id, label}, index) => (
          <button key={id} type="button" disabled={busy}
                  class={`button ${index === options.length - 1 ? 'button-primary' : ''}`}
                  onClick={() => answer({button: id})}>{label}</button>
        ))}
      </div>
    </Modal>
  );
}

function ActionSheet({prompt}: {prompt: Prompt}) {
  const [busy, answer] = useOnce(prompt);
  const close = () => answer({item: null});
  const title = prompt.title || t().alert.from(prompt.appName);
  return (
    <Modal label={title} onClose={close} className="modal-sheet">
      <Head prompt={prompt} title={title} close={close} />
      <ul class="sheet-list">
        {(prompt.options ?? []).map(({id, label}) => (
          <li key={id}>
            <button type="button" class="sheet-row" disabled={busy}
                    onClick={() => answer({item: id})}>{label}</button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
