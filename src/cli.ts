// `npm run quittance -- …`: the command line. It does what pages and API do, by the same operations.

import { Refusal } from '#kernel/refusal.ts';
import { disputes } from './cli/disputes.ts';
import { drafts } from './cli/drafts.ts';
import { effects } from './cli/effects.ts';
import { evidence, verifyEvidence } from './cli/evidence.ts';
import { experiments } from './cli/experiments.ts';
import { importBank, importFile, importRateFile, importRemittance, undo } from './cli/import.ts';
import { importReturns } from './cli/import-returns.ts';
import { inbox } from './cli/inbox.ts';
import { interest } from './cli/interest.ts';
import { invoice } from './cli/invoice.ts';
import { learn } from './cli/learn.ts';
import { company, tenant, user } from './cli/manage.ts';
import { Options } from './cli/options.ts';
import { policy } from './cli/policy.ts';
import { exportFile, postFrom, postings, takeAnswers } from './cli/postings.ts';
import { say } from './cli/print.ts';
import { promises } from './cli/promises.ts';
import { applyCertain, applyOne, receipts } from './cli/receipts.ts';
import { addReceiving, giveReceiving, listReceiving, retireReceiving } from './cli/receiving.ts';
import { remind } from './cli/remind.ts';
import { breaches } from './cli/reminders.ts';
import { reportAging, reportDso, verify } from './cli/report.ts';
import { openSession, type Session } from './cli/session.ts';
import { statement } from './cli/statement.ts';
import { tieOut } from './cli/tie-out.ts';
import { uploads } from './cli/uploads.ts';
import { words } from './cli/words.ts';
import { worklist } from './cli/worklist.ts';

const HELP = `quittance: accounts receivable from the command line

  import invoices FILE   takes over invoices and credit notes (CSV, XLSX, gzip)
  import payments FILE   takes over payments and applies them
      --commit  does it; without it, shows what would happen and every bad row
      --map FIELD=COLUMN|COLUMN …  --decimal . or ,  --dates ymd|dmy|mdy
      --currency EUR  --group payment_id|customer_day|row  --round  --mapping FILE.json
  import bank FILE       imports a bank statement (camt.053, MT940, BAI2, OFX, CSV) and applies what is certain
      --check  shows what would happen   --add-accounts   --account ID
  import remittance FILE  takes in what a payer says a payment is for (CSV, XLSX)
      --check  shows what would be read   --decimal . or ,   --currency EUR
  import returns FILE    takes in returns and notices of change of the ACH network   --company CODE
      --check  shows what would be kept
  import rates FILE      records exchange rates (columns date, from, to, rate)
  import undo ID         takes an import back
  remind                 says what is due to be said   --on 2026-02-28   --dry-run
      --dry-run --then   of a past day, by what was known then, beside what was said
  reminders breaches     reminders that should not have been sent; exits with 1 when one could have been known
  policy                 sets of policies: who is reminded when   --json
  policy export [NUMBER] writes a set as a file, else the one in force   --ready standard   --out FILE
  policy test FILE       reads a file and runs its tests
  policy count FILE      which accounts each policy of a file would have
  policy import FILE     makes a draft of a file; policy live [NUMBER] puts it in force
  interest               shows what is to be charged for late payment   --on 2026-02-28   --commit
  evidence CUSTOMER      all that proves what a customer owes, as one archive   --out FILE
  evidence verify FILE   whether an archive is what it was; exits with 1 when it is not
  disputes               lists what customers dispute   --decided
  inbox                  what customers wrote, who waits longest first   --show open|waiting|done|all
  worklist               whom to look at today, and why         --rank points|expected  --whose all|mine|unowned
  effects                what contacts brought   --by step|template|channel|policy|collector  --from DATE  --as-of DATE
  experiments            what steps of policies truly bring: uplift and interval   --as-of DATE
  promises               what customers promised to pay   --show open|due|broken|kept|all  --as-of DATE
  uploads                documents to be posted in portals of customers
      --show to_post|late|waiting|rejected|uploaded|done|all  --portal NAME
  receipts               receipts that wait to be applied, and what each is likeliest for
  receipts apply         applies what the machine is sure of   --check
  receipts apply RECEIPT NUMBER=AMOUNT …  applies one receipt to documents   --company CODE  --check
  postings               what the accounting system of a company has of its receipts
      --show to_post|sent|posted|refused  --company CODE
  postings from DAY      posts receipts elsewhere from this value date on; "never" for no more   --company CODE
  postings export [ID]   hands out what is to be posted as a file, or has one again   --show refused  --out FILE  --check
  postings answers FILE  keeps what the accounting system answers   --company CODE  --check
  receiving              numbers of accounts that customers pay to, and whose they are
  receiving add FILE     takes numbers in (columns account, customer, bank, bic, routing)   --currency EUR  --check
  receiving give CUSTOMER   gives a customer the next free number;  receiving retire ACCOUNT  shows one no more
  tie-out                how the bank ties to the books on a day   --on 2026-02-28
  statement CUSTOMER     the statement of account of a customer number   --as-of DATE  --known-at TIME
      --kind open_item|balance_forward  --from DATE  --all-below  --json | --csv | --pdf  --out FILE
  invoice xml NUMBER     an issued document as e-invoice; "last" for the newest one
      --syntax ubl|cii  --profile en16931|peppol|xrechnung  --out FILE
  invoice pdf NUMBER     the document as PDF, with its data inside   --out FILE
  invoice findings NUMBER  what the rules say of it; exits with 1 when it is none   --profile …
  drafts                 open drafts, and what issuing each would say
  words [KIND LANGUAGE]  which messages a company words itself; or one of them as it is sent now
  report aging | dso     --as-of DATE  --known-at TIME  --json | --csv
  learn                  learns how customers pay from what was applied   --anew
  verify                 proves the books; exits with 1 when anything is off
  tenant [add NAME]      --name TEXT --time-zone Europe/Berlin
  company add CODE       --name TEXT --currency EUR --country DE --iban …
  user add | reset       --email … --name … --role owner|controller|collector|cash_applier|commenter|viewer

Everywhere: --tenant NAME (when there are several), --company CODE, --json
The database is DATABASE_URL, or the one of QUITTANCE_DATA (default .quittance).`;

/** Does one command. Gives the exit code. */
async function run(session: Session, options: Options): Promise<number> {
  const [what, kind] = options.words;
  const context = () => session.context(options.text('tenant'));
  switch (what) {
    case 'import':
      if (kind === 'invoices' || kind === 'payments')
        return importFile(session, context(), kind, options.word(2, 'the file'), options);
      if (kind === 'bank') return importBank(session, context(), options.word(2, 'the file'), options);
      if (kind === 'remittance')
        return importRemittance(session, context(), options.word(2, 'the file'), options);
      if (kind === 'returns') return importReturns(session, context(), options.word(2, 'the file'), options);
      if (kind === 'rates') return importRateFile(session, context(), options.word(2, 'the file'));
      if (kind === 'undo') return undo(session, context(), options.word(2, 'the id of the import'));
      break;
    case 'remind':
      return remind(session, context(), options);
    case 'reminders':
      if (kind === 'breaches') return breaches(session, context(), options);
      break;
    case 'policy':
      return policy(session, context(), options);
    case 'interest':
      return interest(session, context(), options);
    case 'evidence':
      return evidence(session, context(), options.word(1, 'the number of the customer'), options);
    case 'disputes':
      return disputes(session, context(), options);
    case 'inbox':
      return inbox(session, context(), options);
    case 'worklist':
      return worklist(session, context(), options);
    case 'effects':
      return effects(session, context(), options);
    case 'experiments':
      return experiments(session, context(), options);
    case 'promises':
      return promises(session, context(), options);
    case 'uploads':
      return uploads(session, context(), options);
    case 'receipts':
      if (kind === undefined) return receipts(session, context(), options);
      if (kind === 'apply' && options.words.length === 2) return applyCertain(session, context(), options);
      if (kind === 'apply') return applyOne(session, context(), options);
      break;
    case 'postings':
      if (kind === undefined) return postings(session, context(), options);
      if (kind === 'from') return postFrom(session, context(), options);
      if (kind === 'export') return exportFile(session, context(), options);
      if (kind === 'answers') return takeAnswers(session, context(), options);
      break;
    case 'receiving':
      if (kind === undefined) return listReceiving(session, context(), options);
      if (kind === 'add') return addReceiving(session, context(), options);
      if (kind === 'give') return giveReceiving(session, context(), options);
      if (kind === 'retire') return retireReceiving(session, context(), options);
      break;
    case 'tie-out':
      return tieOut(session, context(), options);
    case 'statement':
      return statement(session, context(), options.word(1, 'the number of the customer'), options);
    case 'invoice':
      if (kind === 'xml' || kind === 'pdf' || kind === 'findings')
        return invoice(session, context(), kind, options);
      break;
    case 'drafts':
      return drafts(session, context(), options);
    case 'words':
      return words(session, context(), options);
    case 'report':
      if (kind === 'aging') return reportAging(session, context(), options);
      if (kind === 'dso') return reportDso(session, context(), options);
      break;
    case 'learn':
      return learn(session, context(), options);
    case 'verify':
      return verify(session, context(), options);
    case 'tenant':
      return tenant(session, options);
    case 'company':
      if (kind === 'add') return company(session, context(), options);
      break;
    case 'user':
      if (kind === 'add' || kind === 'reset') return user(session, context, options);
      break;
  }
  throw new Refusal('command_unknown', { command: options.words.join(' '), todo: 'quittance --help' });
}

/** Exit code for a refusal: the command was understood and not done. */
const REFUSED = 1;

async function main(args: readonly string[]): Promise<number> {
  const options = new Options(args);
  if (options.flag('help') || options.words.length === 0) {
    say(HELP);
    return 0;
  }
  // A pack is proven by itself, also where there is no database: at a lawyer's, at a court.
  if (options.words[0] === 'evidence' && options.words[1] === 'verify')
    return verifyEvidence(options.word(2, 'the file'), options);
  const session = await openSession(process.env);
  try {
    return await run(session, options);
  } finally {
    await session.close();
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof Refusal)) throw error;
  const facts = Object.entries(error.facts).map(
    ([name, value]) => `\n  ${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`,
  );
  process.stderr.write(`Refused: ${error.code.replaceAll('_', ' ')}${facts.join('')}\n`);
  return REFUSED;
});
