// Mutants that change nothing a test could see: drawn as others are, but neither run nor counted.

const known = [
  {
    file: 'bridge/gate_answer.cc',
    before: '!call->answered && call->wait == wait && !call->early',
    operator: 'and to or',
    why: 'the ticket of a question that is closed withdraws nothing',
  },
  {
    file: 'bridge/consent_desk.cc',
    before: 'desk == nullptr',
    operator: 'skip a check',
    why: 'the gate refuses a call of an ended session a line before it asks the desk',
  },
];

/// Why the mutant changes nothing; undefined when a test should notice.
export const whyEquivalent = mutant =>
    known.find(one => ['file', 'before', 'operator'].every(key => one[key] === mutant[key]))?.why;

/// Whether the place is about time and memory alone; such places are not drawn from.
export const isIdle = ({operator, before}) =>
    operator === 'drop a statement' && /\.(reserve|shrink_to_fit)\(/.test(before);
