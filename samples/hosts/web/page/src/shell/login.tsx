// Who is it? The demo users of this host.

import {useState} from 'preact/hooks';

import {logIn} from '../core/client';
import {use} from '../core/store';
import {sentenceOf} from '../core/toasts';
import {Icon} from '../icons/icon';
import {t} from '../texts/texts';
import {Logo} from './logo';
import {Avatar, Ring} from './parts';

export function Login() {
  const users = use(page => page.users);
  const [busy, setBusy] = useState('');
  const [problem, setProblem] = useState('');
  const choose = async (id: string) => {
    if (busy !== '') return;
    setBusy(id);
    setProblem('');
    try {
      await logIn(id);
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy('');
    }
  };
  return (
    <main class="login">
      <div class="login-card">
        <Logo />
        <h1>{t().login.title}</h1>
        <p class="login-lead">{t().login.lead}</p>
        <ul class="login-users">
          {users.map(user => (
            <li key={user.id}>
              <button type="button" class="login-user" onClick={() => void choose(user.id)}
                      aria-label={t().login.as(user.name)} disabled={busy !== ''}>
                <Avatar name={user.name} />
                <span class="login-name">{user.name}</span>
                {busy === user.id ? <Ring label={t().login.working} /> :
                                    <Icon name="chevron-right" />}
              </button>
            </li>
          ))}
        </ul>
        <p class="form-problem" role="alert">{problem}</p>
        <p class="login-foot"><Icon name="lock" /> {t().login.footnote}</p>
      </div>
    </main>
  );
}
