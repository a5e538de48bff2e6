// `npm run quittance -- …`: the command line. It does what pages and API do, by the same operations.

import { existsSync } from 'node:fs';
import { Refusal } from '#kernel/refusal.ts';
import { commandOf } from './cli/commands.ts';
import { Options } from './cli/options.ts';
import { say } from './cli/print.ts';
import { dataDirOf, keepCompiled } from './compiled.ts';

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

/** Exit code for a refusal: the command was understood and not done. */
const REFUSED = 1;

async function main(args: readonly string[]): Promise<number> {
  const options = new Options(args);
  if (options.flag('help') || options.words.length === 0) {
    say(HELP);
    return 0;
  }
  const dataDir = dataDirOf(process.env);
  // The folder is made by what needs it.
  if (existsSync(dataDir)) keepCompiled(dataDir);
  // A pack is proven by itself, also where there is no database: at a lawyer's, at a court.
  if (options.words[0] === 'evidence' && options.words[1] === 'verify') {
    const { verifyEvidence } = await import('./cli/verify-evidence.ts');
    return verifyEvidence(options.word(2, 'the file'), options);
  }
  // What nobody knows is refused before a database is looked for.
  const command = commandOf(options.words);
  const { openSession } = await import('./cli/session.ts');
  const session = await openSession(process.env);
  try {
    return await command(session, () => session.context(options.text('tenant')), options);
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
