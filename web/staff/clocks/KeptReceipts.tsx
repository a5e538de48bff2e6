// Money kept on account on purpose: how old it is, whose it is, and when it is looked at again.

import { Badge, Select, Text } from '@mantine/core';
import { assignWaitingReceipts, listKeptReceipts, type listWaitingReceipts } from '#clocks/contract.ts';
import { markReceipt } from '#workbench/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { ReceiptFrom } from '../payments/ReceiptFrom.tsx';
import { Whose } from './Whose.tsx';

type Row = Reply<typeof listKeptReceipts>['rows'][number];
type Waiting = Reply<typeof listWaitingReceipts>;

const DAYS = [7, 30, 90, 180, 365].map((days) => ({
  value: String(days),
  label: days === 365 ? 'in a year' : `in ${days} days`,
}));

export function KeptReceipts({ found }: { readonly found: Waiting }) {
  const read = useRead(listKeptReceipts);
  const go = useGo();
  const keep = useCommand(markReceipt);
  const assign = useCommand(assignWaitingReceipts);
  const rows = read.data?.rows ?? [];
  if (rows.length === 0) return null;
  const may = found.may.assign === true;
  const columns: readonly Column<Row>[] = [
    {
      key: 'who',
      title: 'From',
      grow: 45,
      cell: (row) => <ReceiptFrom who={row.who} number={row.number} />,
      under: (row) => (row.note === '' ? `kept by ${row.keptBy}` : `${row.keptBy}: ${row.note}`),
    },
    {
      key: 'age',
      title: 'Age',
      cell: (row) => (
        <span title={`received ${momentWords(row.recordedAt)}, kept ${momentWords(row.keptAt)}`}>
          <Badge color="gray" variant="light" c="inherit">
            {row.days === 1 ? '1 day' : `${countText(row.days)} days`}
          </Badge>
        </span>
      ),
    },
    {
      key: 'again',
      title: 'Looked at again',
      wideOnly: true,
      cell: (row) =>
        may ? (
          <Select
            aria-label={`When ${row.number} is looked at again`}
            size="xs"
            w={170}
            placeholder={momentWords(row.lookAgainAt)}
            data={DAYS}
            value={null}
            onChange={(days) =>
              days !== null &&
              keep.mutate({
                params: { paymentId: row.paymentId },
                body: { kind: 'kept', note: row.note, lookAgainInDays: Number(days) },
              })
            }
          />
        ) : (
          momentWords(row.lookAgainAt)
        ),
    },
    {
      key: 'owner',
      title: 'Whose',
      wideOnly: true,
      cell: (row) => (
        <Whose
          label={`Whose ${row.number} is`}
          owner={row.owner}
          team={row.team}
          among={may ? found : null}
          onGive={(to) => assign.mutate({ body: { paymentIds: [row.paymentId], ...to } })}
        />
      ),
    },
    { key: 'left', title: 'On account', numeric: true, cell: (row) => <Money value={row.unapplied} /> },
  ];
  const problem = keep.error ?? assign.error;
  return (
    <Panel title="Kept on account">
      {problem ? <Trouble problem={problem} /> : null}
      <Text size="sm" c="dimmed" mb="xs">
        Nobody needs to apply this money until the day it is looked at again. From then on it waits like any
        other.
      </Text>
      <DataTable
        label="Kept on account"
        columns={columns}
        rows={rows}
        keyOf={(row) => row.paymentId}
        onOpen={(row) => go(`payments/${row.paymentId}`)}
      />
    </Panel>
  );
}
