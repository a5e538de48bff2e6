// A set of policies as a file: one JSON document that carries its own tests. What is read is checked wholly, and
// everything that is wrong is told at once.

import { CADENCE_STEPS_MAX, POLICIES_MAX, POLICY_PROBLEMS_MAX, POLICY_TESTS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { CONTACT_ROLES, isEmail } from '#parties/customer.ts';
import { REMINDER_PHASES } from '#wording/reminder-phrases.ts';
import {
  AFTER_CARRIER,
  type CadenceStep,
  decideSteps,
  type NewStep,
  OWNER,
  PHASES,
  STEP_ATTACHMENTS,
  STEP_CHANNELS,
  type StepAttachment,
  type StepSender,
  type Steps,
  USUAL_ATTACHMENTS,
} from './cadence.ts';
import { type FileProblem, FileValue } from './file-reader.ts';
import { GROUPINGS, type Policies, type Policy, THANKS } from './policy.ts';
import { type PolicyTest, readTest } from './policy-test.ts';
import { DISPUTE_PAUSES, PROMISE_PAUSES } from './reminder.ts';
import { readAmount, readSegment } from './segment.ts';

/** What the file says it is; the number goes up when a reader of the old form would misread the new one. */
export const POLICY_FORMAT = 'quittance-policies';
export const POLICY_FORMAT_VERSION = 2;
/** What is read: in version 1 nobody could say how a step goes, or what promises and disputes pause. */
const VERSIONS_READ: readonly unknown[] = [1, POLICY_FORMAT_VERSION];

/** A set with the tests that it must pass. */
export type PolicyFile = Policies & { readonly tests: readonly PolicyTest[] };

const STEP_DAYS = { min: -365, max: 3650 } as const;

/**
 * Reads a file. Every field has its meaning or is told as wrong; fields left out have their defaults.
 *
 * Refuses: `policies_not_valid` with every problem, where it is and what to do.
 */
export function readPolicyFile(given: unknown): PolicyFile {
  const problems: FileProblem[] = [];
  const fields = new FileValue(given, '', problems).fields([
    'format',
    'version',
    'name',
    'runsDaily',
    'runsAt',
    'policies',
    'tests',
  ]);
  fields.format.word([POLICY_FORMAT]);
  if (!VERSIONS_READ.includes(fields.version.value))
    fields.version.wrong(`is none of ${VERSIONS_READ.join(', ')}`);
  const file: PolicyFile = {
    name: fields.name.text(100),
    runsDaily: fields.runsDaily.flag(true),
    runsAt: readTime(fields.runsAt),
    policies: fields.policies.list(POLICIES_MAX, 1).map(readPolicy),
    tests: fields.tests.list(POLICY_TESTS_MAX).map(readTest),
  };
  checkOrder(file.policies, fields.policies);
  if (problems.length > 0)
    throw new Refusal('policies_not_valid', {
      count: problems.length,
      problems: problems.slice(0, POLICY_PROBLEMS_MAX),
    });
  return file;
}

function readTime(given: FileValue): string {
  if (!given.given) return '07:00';
  const text = given.text(5);
  if (text !== '' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(text))
    given.wrong('is no time of day; write it like "07:00"');
  return text;
}

/** The fields of a policy in a file. */
function readPolicy(given: FileValue): Policy {
  const fields = given.fields([
    'code',
    'name',
    'segment',
    'minimumGapDays',
    'minimumAmount',
    'grouping',
    'afterCarrier',
    'promisePauses',
    'disputePauses',
    'thanks',
    'steps',
  ]);
  const code = fields.code.text(40);
  if (code !== '' && !/^[a-z][a-z0-9_]*$/.test(code))
    fields.code.wrong('has other signs than a to z, 0 to 9 and _');
  return {
    code,
    name: fields.name.text(100),
    segment: readSegment(fields.segment),
    minimumGapDays: fields.minimumGapDays.whole({ min: 0, max: 365 }, 0),
    minimumAmount: fields.minimumAmount.given ? readAmount(fields.minimumAmount) : null,
    grouping: fields.grouping.word(GROUPINGS, 'customer'),
    afterCarrier: fields.afterCarrier.word(AFTER_CARRIER, 'resume_by_age'),
    promisePauses: fields.promisePauses.word(PROMISE_PAUSES, 'promised_part'),
    disputePauses: fields.disputePauses.word(DISPUTE_PAUSES, 'disputed_part'),
    thanks: fields.thanks.word(THANKS, 'never'),
    steps: readSteps(fields.steps),
  };
}

function readSteps(given: FileValue): Steps {
  const before = given.problems.length;
  const wanted = given.list(CADENCE_STEPS_MAX, 1).map((one): NewStep => {
    const fields = one.fields([
      'offsetDays',
      'phase',
      'template',
      'everyDays',
      'required',
      'automatic',
      'showsCosts',
      'showsPenalties',
      'attaches',
      'channel',
      'recipient',
      'sender',
    ]);
    return {
      offsetDays: fields.offsetDays.whole(STEP_DAYS),
      phase: fields.phase.word(PHASES),
      template: fields.template.given ? fields.template.word(REMINDER_PHASES) : undefined,
      everyDays: fields.everyDays.given ? fields.everyDays.whole({ min: 1, max: 365 }) : null,
      required: fields.required.flag(false),
      automatic: fields.automatic.flag(true),
      showsCosts: fields.showsCosts.flag(false),
      showsPenalties: fields.showsPenalties.flag(false),
      attaches: fields.attaches.given ? readAttachments(fields.attaches) : undefined,
      channel: fields.channel.given ? fields.channel.word(STEP_CHANNELS) : null,
      recipient: fields.recipient.given ? fields.recipient.word(CONTACT_ROLES) : null,
      sender: fields.sender.given ? readSender(fields.sender) : null,
    };
  });
  // What is wrong with a step by itself is told first: what is wrong with their order may follow from it.
  if (given.problems.length > before) return [];
  try {
    return decideSteps(wanted, REMINDER_PHASES);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    given.wrong(`${STEP_PROBLEMS[error.code] ?? error.code} (day ${String(error.facts.offsetDays ?? '–')})`);
    return [];
  }
}

function readAttachments(given: FileValue): readonly StepAttachment[] {
  const attached = given.list(STEP_ATTACHMENTS.length).map((one) => one.word(STEP_ATTACHMENTS));
  if (new Set(attached).size < attached.length) given.wrong('name one thing twice');
  return attached;
}

function readSender(given: FileValue): StepSender | typeof OWNER {
  if (typeof given.value === 'string') {
    if (given.value !== OWNER) given.wrong(`is not "${OWNER}"; give a name and an address, or that word`);
    return OWNER;
  }
  const fields = given.fields(['name', 'address']);
  const sender = { name: fields.name.text(100), address: fields.address.text(254) };
  if (sender.address !== '' && !isEmail(sender.address)) fields.address.wrong('is no e-mail address');
  return sender;
}

const STEP_PROBLEMS: Readonly<Record<string, string>> = {
  offset_twice: 'have two steps on the same day; each day has one',
  phase_goes_back: 'have a step in a milder phase than the one before it',
  phase_not_before_due: 'have a step before the due date that does more than announce it (phase "upcoming")',
  phase_only_before_due: 'have phase "upcoming" on or after the due date',
  too_many_steps: 'are too many',
};

function checkOrder(policies: readonly Policy[], given: FileValue): void {
  policies.forEach((policy, index) => {
    if (policies.findIndex(({ code }) => code === policy.code) !== index)
      given.wrong(`name the code "${policy.code}" twice; each policy has its own`);
    const isLast = index === policies.length - 1;
    if (!isLast && policy.segment === 'everybody')
      given.wrong(
        `have "${policy.code}" for everybody before others, which no account would reach; put it last`,
      );
    if (isLast && policy.segment !== 'everybody')
      given.wrong('have no policy for everybody in the last place, so some accounts would have none');
  });
}

/** The document that `readPolicyFile` reads to the same file. The choices of a policy always stand in it; of a step, what has its default is left out. */
export function writePolicyFile(file: PolicyFile) {
  return {
    format: POLICY_FORMAT,
    version: POLICY_FORMAT_VERSION,
    name: file.name,
    runsDaily: file.runsDaily,
    runsAt: file.runsAt,
    policies: file.policies.map((policy) => ({
      code: policy.code,
      name: policy.name,
      segment: policy.segment,
      minimumGapDays: policy.minimumGapDays,
      ...(policy.minimumAmount ? { minimumAmount: policy.minimumAmount } : {}),
      grouping: policy.grouping,
      afterCarrier: policy.afterCarrier,
      promisePauses: policy.promisePauses,
      disputePauses: policy.disputePauses,
      thanks: policy.thanks,
      steps: policy.steps.map(writeStep),
    })),
    tests: file.tests,
  };
}

function writeStep({ offsetDays, phase, template, ...step }: CadenceStep) {
  const { everyDays, required, automatic, showsCosts, showsPenalties, attaches, ...way } = step;
  const { channel, recipient, sender } = way;
  return {
    offsetDays,
    phase,
    template,
    ...(everyDays === null ? {} : { everyDays }),
    ...(required ? { required } : {}),
    ...(automatic ? {} : { automatic }),
    ...(showsCosts ? { showsCosts } : {}),
    ...(showsPenalties ? { showsPenalties } : {}),
    ...(attaches.join() === USUAL_ATTACHMENTS.join() ? {} : { attaches }),
    ...(channel === null ? {} : { channel }),
    ...(recipient === null ? {} : { recipient }),
    ...(sender === null ? {} : { sender }),
  };
}
