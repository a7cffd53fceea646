// The numbers of registered items by the standard S10 of the Universal Postal Union:
// two letters of service, eight digits, a check digit, two letters of the country.

const weights = [8, 6, 4, 2, 3, 5, 9, 7];

export type TrackNumberProblem = 'form' | 'checkDigit';

/// What a person typed, as it would be printed: upper case, without spaces and dashes.
export function normalise(typed: string): string {
  return typed.replace(/[\s-]/g, '').toUpperCase();
}

/// What is wrong with `number`, which is normalised; null when nothing is.
export function problemOf(number: string): TrackNumberProblem | null {
  const parts = /^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$/.exec(number);
  if (parts === null) return 'form';
  return checkDigit(parts[1]!) === Number(parts[2]) ? null : 'checkDigit';
}

/// The check digit of eight digits: eleven less the weighted sum modulo eleven; ten counts as
/// zero, eleven as five.
export function checkDigit(digits: string): number {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  const rest = 11 - (sum % 11);
  return rest === 10 ? 0 : rest === 11 ? 5 : rest;
}
