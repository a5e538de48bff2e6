// A customer's statement of account as of any day: open items, or the balance brought forward; as figures, as the paper it will be,
// and as files.

import { Alert, Group, SegmentedControl, Stack, Switch } from '@mantine/core';
import { me } from '#identity/contract.ts';
import { readCustomer } from '#parties/contract.ts';
import {
  exportCustomerStatement,
  printCustomerStatement,
  readCustomerStatement,
} from '#statements/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Input } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { useFileUrl } from '../../lib/file.ts';
import { dayWords } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SignedNote } from '../signing/SignedNote.tsx';
import { CustomerSent } from './CustomerSent.tsx';
import { SendStatement } from './SendStatement.tsx';
import { StatementSection } from './StatementSection.tsx';

const KINDS = [
  { value: 'open_item', label: 'Open items' },
  { value: 'balance_forward', label: 'Balance forward' },
];
const VIEWS = [
  { value: 'figures', label: 'Figures' },
  { value: 'paper', label: 'Paper' },
  { value: 'sent', label: 'Sent' },
];

export function CustomerStatement({ customerId }: { readonly customerId: string }) {
  const [search, setSearch] = useAddress();
  const today = useRead(me).data?.today ?? '';
  const customer = useRead(readCustomer, { params: { customerId } });
  const kind = search.kind === 'balance_forward' ? 'balance_forward' : 'open_item';
  const asOf = search.asOf ?? today;
  const isForward = kind === 'balance_forward';
  const input = {
    params: { customerId },
    query: {
      kind,
      ...(search.asOf ? { asOf: search.asOf } : {}),
      ...(isForward && search.from ? { from: search.from } : {}),
      ...(search.group === 'true' ? { group: 'true' } : {}),
    },
  } satisfies Input<typeof printCustomerStatement>;
  const hasBelow = (customer.data?.children.length ?? 0) > 0;
  return (
    <Stack>
      <Group align="flex-end" justify="space-between" className="no-print">
        <Group align="flex-end" gap="sm">
          <SegmentedControl
            aria-label="Kind of statement"
            data={KINDS}
            value={kind}
            onChange={(value) => setSearch({ kind: value === 'open_item' ? '' : value })}
          />
          {isForward ? (
            <DayField
              label="From"
              value={search.from ?? `${asOf.slice(0, 8)}01`}
              onChange={(day) => setSearch({ from: day })}
              width={160}
            />
          ) : null}
          <DayField
            label="As of"
            value={asOf}
            onChange={(day) => setSearch({ asOf: day === today ? '' : day })}
            width={160}
          />
          {hasBelow ? (
            <Switch
              label="With those below"
              checked={search.group === 'true'}
              onChange={(event) => setSearch({ group: event.currentTarget.checked ? 'true' : '' })}
              pb={8}
            />
          ) : null}
        </Group>
        <Group gap="xs" align="flex-end">
          <SegmentedControl
            aria-label="Show as"
            data={VIEWS}
            value={search.view ?? 'figures'}
            onChange={(value) => setSearch({ view: value === 'figures' ? '' : value })}
          />
          <SaveButton label="PDF" operation={printCustomerStatement} input={input} />
          <SaveButton label="CSV" operation={exportCustomerStatement} input={input} />
          <SendStatement
            wanted={{ customerId, kind, asOf, from: search.from, group: search.group === 'true' }}
            onSent={() => setSearch({ view: 'sent' })}
          />
        </Group>
      </Group>
      {search.view === 'paper' ? <Paper input={input} /> : null}
      {search.view === 'sent' ? <CustomerSent customerId={customerId} /> : null}
      {search.view === 'paper' || search.view === 'sent' ? null : <Figures input={input} />}
    </Stack>
  );
}

function Figures({ input }: { readonly input: Input<typeof readCustomerStatement> }) {
  const statement = useRead(readCustomerStatement, input);
  return (
    <Shown read={statement}>
      {(found) =>
        found.sections.length === 0 ? (
          <Panel>
            <Empty title="Nothing was open">On {dayWords(found.asOf)} the account was settled.</Empty>
          </Panel>
        ) : (
          <Stack>
            {found.sections.map((section) => (
              <StatementSection
                key={section.company.id + section.currency}
                section={section}
                statement={found}
              />
            ))}
          </Stack>
        )
      }
    </Shown>
  );
}

function Paper({ input }: { readonly input: Input<typeof printCustomerStatement> }) {
  const { url, error } = useFileUrl(printCustomerStatement, input);
  if (error) return <Alert color="red">{error.message}</Alert>;
  return (
    <Stack gap="xs">
      <SignedNote />
      <Panel>{url ? <Sheet url={url} title="Statement of account" /> : null}</Panel>
    </Stack>
  );
}
