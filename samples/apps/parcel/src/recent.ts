// The last parcels that were looked at, kept by the host for this user and this app.

const key = 'recent';
const countMax = 5;

export async function loadRecent(): Promise<string[]> {
  const {found, value} = await kiosk.storage.local.get({key});
  return found && Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

/// `number` first, then the others, without repeats; stored, and returned as they are now.
export async function rememberRecent(recent: string[], number: string): Promise<string[]> {
  const now = [number, ...recent.filter(other => other !== number)].slice(0, countMax);
  await kiosk.storage.local.set({key, value: now});
  return now;
}
