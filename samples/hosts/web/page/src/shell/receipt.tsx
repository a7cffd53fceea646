// A signed receipt: what it says, and the text itself for whoever wants to check it.

import {useEffect, useState} from 'preact/hooks';

import {getText} from '../core/api';
import {update} from '../core/store';
import {sentenceOf} from '../core/toasts';
import {t} from '../texts/texts';
import {Empty, IconButton, Modal, Ring} from './parts';

/// The claims of a JWS, as lines. Nothing is verified here: who wants proof checks the text itself.
export function claimsOf(token: string): [string, string][] | null {
  const payload = token.trim().split(/[.~]/)[1];
  if (payload === undefined) return null;
  try {
    const bytes = atob(payload.replace(/-/g, '+').replace(/_/g, '/'));
    const text = new TextDecoder().decode(Uint8Array.from(bytes, letter => letter.charCodeAt(0)));
    const claims = JSON.parse(text) as Record<string, unknown>;
    return Object.entries(claims).map(([name, value]) => [name, wordsOf(name, value)]);
  } catch {
    return null;
  }
}

function wordsOf(name: string, value: unknown): string {
  if (['iat', 'exp', 'nbf'].includes(name) && typeof value === 'number') {
    return new Date(value * 1000).toLocaleString(document.documentElement.lang);
  }
  return typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value);
}

export function ReceiptView({id}: {id: string}) {
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState('');
  const path = `/api/receipts/${encodeURIComponent(id)}`;
  useEffect(() => {
    getText(path).then(setToken, error => setProblem(sentenceOf(error)));
  }, [path]);
  const close = () => update({receipt: null});
  const claims = claimsOf(token);
  return (
    <Modal label={t().receipt.title} onClose={close} className="modal-receipt">
      <header class="sheet-head">
        <div class="sheet-names">
          <h2>{t().receipt.title}</h2>
          <p class="quiet">{t().receipt.lead}</p>
        </div>
        <IconButton icon="close" label={t().common.close} onClick={close} />
      </header>
      <div class="receipt-body">
        {problem !== '' && <Empty icon="warning" title={problem} />}
        {problem === '' && token === '' && <Ring />}
        {token !== '' && (
          <>
            <h3>{t().receipt.claims}</h3>
            {claims === null ? <p class="quiet">{t().receipt.notReadable}</p> : (
              <dl class="facts facts-code">
                {claims.map(([name, value]) => (
                  <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
                ))}
              </dl>
            )}
            <h3>{t().receipt.raw}</h3>
            <pre class="raw" tabIndex={0} aria-label={t().receipt.raw} role="group">{token}</pre>
          </>
        )}
      </div>
      <footer class="modal-foot">
        <a class="button button-primary button-wide" href={path} download={`receipt-${id}.jws`}>
          {t().common.download}
        </a>
      </footer>
    </Modal>
  );
}
