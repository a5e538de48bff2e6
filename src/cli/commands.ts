// What can be typed, and what does it. Each command is loaded when it is typed and not before: a command needs a small part
// of the program, and loading all of it takes longer than most commands do.

import type { Context } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Options } from './options.ts';
import type { Session } from './session.ts';

/** Does one command in a session. Gives the exit code. */
export type Command = (session: Session, context: () => Context, options: Options) => Promise<number>;

/** Words → what they do. `*` stands for any words that follow, or none. */
const COMMANDS: Readonly<Record<string, Command>> = {
  'import invoices': async (session, context, options) =>
    (await import('./import.ts')).importFile(session, context(), 'invoices', file(options), options),
  'import payments': async (session, context, options) =>
    (await import('./import.ts')).importFile(session, context(), 'payments', file(options), options),
  'import bank': async (session, context, options) =>
    (await import('./import-bank.ts')).importBank(session, context(), file(options), options),
  'import remittance': async (session, context, options) =>
    (await import('./import-remittance.ts')).importRemittance(session, context(), file(options), options),
  'import returns': async (session, context, options) =>
    (await import('./import-returns.ts')).importReturns(session, context(), file(options), options),
  'import rates': async (session, context, options) =>
    (await import('./import.ts')).importRateFile(session, context(), file(options)),
  'import undo': async (session, context, options) =>
    (await import('./import.ts')).undo(session, context(), options.word(2, 'the id of the import')),
  'remind *': async (session, context, options) =>
    (await import('./remind.ts')).remind(session, context(), options),
  'reminders breaches': async (session, context, options) =>
    (await import('./reminders.ts')).breaches(session, context(), options),
  'policy *': async (session, context, options) =>
    (await import('./policy.ts')).policy(session, context(), options),
  'interest *': async (session, context, options) =>
    (await import('./interest.ts')).interest(session, context(), options),
  'evidence *': async (session, context, options) =>
    (await import('./evidence.ts')).evidence(
      session,
      context(),
      options.word(1, 'the number of the customer'),
      options,
    ),
  'disputes *': async (session, context, options) =>
    (await import('./disputes.ts')).disputes(session, context(), options),
  'inbox *': async (session, context, options) =>
    (await import('./inbox.ts')).inbox(session, context(), options),
  'worklist *': async (session, context, options) =>
    (await import('./worklist.ts')).worklist(session, context(), options),
  'effects *': async (session, context, options) =>
    (await import('./effects.ts')).effects(session, context(), options),
  'experiments *': async (session, context, options) =>
    (await import('./experiments.ts')).experiments(session, context(), options),
  'promises *': async (session, context, options) =>
    (await import('./promises.ts')).promises(session, context(), options),
  'uploads *': async (session, context, options) =>
    (await import('./uploads.ts')).uploads(session, context(), options),
  receipts: async (session, context, options) =>
    (await import('./receipts.ts')).receipts(session, context(), options),
  'receipts apply': async (session, context, options) => {
    const { applyCertain, applyOne } = await import('./receipts.ts');
    return (options.words.length === 2 ? applyCertain : applyOne)(session, context(), options);
  },
  postings: async (session, context, options) =>
    (await import('./postings.ts')).postings(session, context(), options),
  'postings from': async (session, context, options) =>
    (await import('./postings.ts')).postFrom(session, context(), options),
  'postings export': async (session, context, options) =>
    (await import('./postings.ts')).exportFile(session, context(), options),
  'postings answers': async (session, context, options) =>
    (await import('./postings.ts')).takeAnswers(session, context(), options),
  receiving: async (session, context, options) =>
    (await import('./receiving.ts')).listReceiving(session, context(), options),
  'receiving add': async (session, context, options) =>
    (await import('./receiving.ts')).addReceiving(session, context(), options),
  'receiving give': async (session, context, options) =>
    (await import('./receiving.ts')).giveReceiving(session, context(), options),
  'receiving retire': async (session, context, options) =>
    (await import('./receiving.ts')).retireReceiving(session, context(), options),
  'tie-out *': async (session, context, options) =>
    (await import('./tie-out.ts')).tieOut(session, context(), options),
  'statement *': async (session, context, options) =>
    (await import('./statement.ts')).statement(
      session,
      context(),
      options.word(1, 'the number of the customer'),
      options,
    ),
  'invoice xml': async (session, context, options) =>
    (await import('./invoice.ts')).invoice(session, context(), 'xml', options),
  'invoice pdf': async (session, context, options) =>
    (await import('./invoice.ts')).invoice(session, context(), 'pdf', options),
  'invoice findings': async (session, context, options) =>
    (await import('./invoice.ts')).invoice(session, context(), 'findings', options),
  'drafts *': async (session, context, options) =>
    (await import('./drafts.ts')).drafts(session, context(), options),
  'words *': async (session, context, options) =>
    (await import('./words.ts')).words(session, context(), options),
  'report aging': async (session, context, options) =>
    (await import('./report.ts')).reportAging(session, context(), options),
  'report dso': async (session, context, options) =>
    (await import('./report.ts')).reportDso(session, context(), options),
  'learn *': async (session, context, options) =>
    (await import('./learn.ts')).learn(session, context(), options),
  'verify *': async (session, context, options) =>
    (await import('./report.ts')).verify(session, context(), options),
  'tenant *': async (session, _context, options) => (await import('./manage.ts')).tenant(session, options),
  'company add': async (session, context, options) =>
    (await import('./manage.ts')).company(session, context(), options),
  'user add': async (session, context, options) =>
    (await import('./manage.ts')).user(session, context, options),
  'user reset': async (session, context, options) =>
    (await import('./manage.ts')).user(session, context, options),
};

function file(options: Options): string {
  return options.word(2, 'the file');
}

/** The command that words name. Refuses: `command_unknown`. */
export function commandOf(words: readonly string[]): Command {
  const [what, kind] = words;
  const names = [kind === undefined ? `${what}` : `${what} ${kind}`, `${what} *`];
  const name = names.find((one) => Object.hasOwn(COMMANDS, one));
  const command = name === undefined ? undefined : COMMANDS[name];
  if (command) return command;
  throw new Refusal('command_unknown', { command: words.join(' '), todo: 'quittance --help' });
}
