// Number series: each counts without gaps, and documents take the next number when they are issued.

import { Button, Code, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { addNumberSeries, listNumberSeries } from '#ledger/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Kind = Reply<typeof listNumberSeries>['rows'][number]['documentKind'];

export function NumberSeries() {
  const [search, setSearch] = useAddress();
  const companyId = search.company ?? '';
  return (
    <Stack>
      <CompanySelect value={companyId} onChange={(id) => setSearch({ company: id })} width={320} />
      {companyId === '' ? null : <SeriesOf key={companyId} companyId={companyId} />}
    </Stack>
  );
}

function SeriesOf({ companyId }: { readonly companyId: string }) {
  const pages = usePages(listNumberSeries, { params: { companyId } });
  const mayManage = useMay('company.manage');
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title="Number series"
      actions={
        mayManage ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            Add a series
          </Button>
        ) : null
      }
    >
      <Shown read={pages}>
        {() => (
          <Scroll minWidth={480}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>For</Table.Th>
                  <Table.Th>Series</Table.Th>
                  <Table.Th>Pattern</Table.Th>
                  <Table.Th>Next number</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rowsOf(pages.data).map((row) => (
                  <Table.Tr key={row.documentKind + row.series}>
                    <Table.Td>{row.documentKind.replaceAll('_', ' ')}</Table.Td>
                    <Table.Td>{row.series}</Table.Td>
                    <Table.Td>
                      <Code>{row.pattern}</Code>
                    </Table.Td>
                    <Table.Td>{row.nextNumber}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Scroll>
        )}
      </Shown>
      {adding ? <AddDialog companyId={companyId} onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}

const KINDS: { value: Kind; label: string }[] = [
  { value: 'invoice', label: 'Invoices' },
  { value: 'credit_note', label: 'Credit notes' },
  { value: 'payment', label: 'Payments' },
  { value: 'write_off', label: 'Write-offs' },
  { value: 'charge', label: 'Interest and fees' },
  { value: 'charge_credit', label: 'Credits on interest and fees' },
];
const CODES = {
  series_taken: 'series',
  number_pattern_taken: 'pattern',
  number_pattern_without_count: 'pattern',
  number_pattern_too_long: 'pattern',
};

function AddDialog({ companyId, onClose }: { readonly companyId: string; onClose(): void }) {
  const add = useCommand(addNumberSeries);
  const form = useFields({ documentKind: 'invoice', series: '', pattern: '' });
  const { values } = form;
  const { at, rest } = placeTrouble(add.error, ['documentKind', 'series', 'pattern'], CODES);
  return (
    <FormDialog
      title="Add a number series"
      opened
      onClose={onClose}
      onSubmit={() =>
        add.mutate(
          { params: { companyId }, body: { ...values, documentKind: values.documentKind as Kind } },
          { onSuccess: onClose },
        )
      }
      submitLabel="Add"
      busy={add.isPending}
      problem={rest}
    >
      <Group grow align="flex-start">
        <Select
          label="For"
          data={KINDS}
          value={values.documentKind}
          onChange={(kind) => form.put({ documentKind: kind ?? 'invoice' })}
          allowDeselect={false}
          error={at('documentKind')}
        />
        <TextInput
          label="Name"
          placeholder="export"
          required
          data-autofocus
          {...form.text('series')}
          error={at('series')}
        />
      </Group>
      <TextInput
        label="Pattern"
        placeholder="EX-{year}-{nnnnn}"
        description="{nnnnn} is the count, {year} the year of issue"
        required
        maxLength={40}
        {...form.text('pattern')}
        error={at('pattern')}
      />
      <Text size="sm" c="dimmed">
        It counts from 1 without gaps, for ever.
      </Text>
    </FormDialog>
  );
}
