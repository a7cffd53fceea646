// Requests to the host. Every failure is an ApiError with a code that the texts have a sentence
// for; `offline` means that no answer came at all.

export class ApiError extends Error {
  constructor(readonly code: string, message: string, readonly status: number) {
    super(message);
  }
}

const requestMsMax = 20_000;

let csrf = '';

/// The token that every POST and DELETE carries; it comes with the state.
export function setCsrf(token: string): void {
  csrf = token;
}

export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = {accept: 'application/json'};
  if (method !== 'GET') {
    headers['content-type'] = 'application/json';
    if (csrf !== '') headers['x-kiosk-csrf'] = csrf;
  }
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), requestMsMax);
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      // What the user closed stays closed, though the page goes away at once.
      keepalive: method === 'DELETE',
      signal: patience.signal,
    });
    text = await response.text();
  } catch {
    throw new ApiError('offline', 'no answer', 0);
  } finally {
    clearTimeout(timer);
  }
  const answer = parse(text);
  if (response.ok) return answer as T;
  const error = (answer as {error?: {code?: string; message?: string}} | undefined)?.error;
  throw new ApiError(error?.code ?? 'internal', error?.message ?? text, response.status);
}

export const get = <T>(path: string) => request<T>('GET', path);
export const post = <T>(path: string, body?: unknown) => request<T>('POST', path, body);
export const remove = <T>(path: string) => request<T>('DELETE', path);

/// The text of a receipt: it is not JSON.
export async function getText(path: string): Promise<string> {
  try {
    const response = await fetch(path, {credentials: 'same-origin', cache: 'no-store'});
    const text = await response.text();
    if (response.ok) return text;
    const error = (parse(text) as {error?: {code?: string; message?: string}} | undefined)?.error;
    throw new ApiError(error?.code ?? 'internal', error?.message ?? '', response.status);
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError('offline', 'no answer', 0);
  }
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
