// What a case may use; it is packed beside the case and imported by it. It takes the functions that
// it needs at once: a case may rewrite any of them.

const {log} = console;
const {stringify} = JSON;
const {is} = Object;

/// Says how the case ended. The runner reads the last such line.
export function settle(error) {
  if (error === undefined) return log('@case ok');
  const code = typeof error?.code === 'string' ? error.code : error?.name ?? typeof error;
  log(`@case error ${code}: ${error?.message ?? error}`);
}

export class AssertionFailed extends Error {
  name = 'AssertionFailed';
}

export function assert(condition, what = 'an assertion') {
  if (!condition) throw new AssertionFailed(`${what} does not hold`);
}

export function equal(actual, expected, what = 'the value') {
  if (is(actual, expected)) return;
  const [got, wanted] = [stringify(actual), stringify(expected)];
  if (typeof actual === 'object' && actual !== null && got === wanted) return;
  throw new AssertionFailed(`${what} is ${got ?? String(actual)}, not ${wanted}`);
}

/// `action` throws, or its promise rejects, with the code or the name `code`; resolves to the
/// error.
export async function fails(code, action) {
  let result;
  try {
    result = await action();
  } catch (error) {
    const thrown = typeof error?.code === 'string' ? error.code : error?.name;
    equal(thrown, code, 'what was thrown');
    return error;
  }
  throw new AssertionFailed(
      `nothing was thrown, but ${stringify(result)} returned; ${code} wanted`);
}

/// Resolves when the user taps a button called `label`, which is put into the view.
export function tapped(label) {
  return new Promise(resolve => {
    const button = document.createElement('button');
    button.textContent = label;
    button.addEventListener('click', () => resolve(button), {once: true});
    document.body.append(button);
  });
}
