// Reference rates with their days and sources; recording what a central bank published since.

import { Badge, Button, Group, Select, Stack, Table, Tabs, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { readReferenceRates, recordReferenceRates } from '#charges/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Rates = Reply<typeof readReferenceRates>;

/** The newest rates shown of each kind; the older ones are asked for. */
const SHOWN = 12;

export function ReferenceRates() {
  const read = useRead(readReferenceRates);
  return (
    <Shown read={read}>
      {(rates) => (
        <Tabs defaultValue={rates.histories[0]?.code ?? ''} keepMounted={false}>
          <Group justify="space-between" align="flex-end" mb="md">
            <Tabs.List style={{ flex: '1 1 auto' }}>
              {rates.histories.map((history) => (
                <Tabs.Tab key={history.code} value={history.code}>
                  {history.code}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {rates.may.record === true ? <RecordButton rates={rates} /> : null}
          </Group>
          {rates.histories.map((history) => (
            <Tabs.Panel key={history.code} value={history.code}>
              <History history={history} />
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </Shown>
  );
}

function History({ history }: { readonly history: Rates['histories'][number] }) {
  const [all, setAll] = useState(false);
  const shown = all ? history.rates : history.rates.slice(0, SHOWN);
  return (
    <Panel title={history.name}>
      <Stack>
        <Text size="sm" c="dimmed">
          Known through {dayWords(history.knownThrough)}. Later days are never reckoned with an old rate by
          guessing.
        </Text>
        <Scroll minWidth={460}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>From</Table.Th>
                <Table.Th className="numeric">Percent</Table.Th>
                <Table.Th>Source</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((rate) => (
                <Table.Tr key={rate.validFrom}>
                  <Table.Td>{dayWords(rate.validFrom)}</Table.Td>
                  <Table.Td className="numeric">{rate.percent} %</Table.Td>
                  <Table.Td>
                    <Group gap={6}>
                      {rate.source}
                      {rate.recordedAt ? (
                        <Badge color="blue" title={momentWords(rate.recordedAt)}>
                          recorded here
                        </Badge>
                      ) : null}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
        {history.rates.length > shown.length ? (
          <Group>
            <Button variant="default" size="xs" onClick={() => setAll(true)}>
              Show all {history.rates.length}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Panel>
  );
}

function RecordButton({ rates }: { readonly rates: Rates }) {
  const [opened, setOpened] = useState(false);
  const form = useFields({
    code: rates.histories[0]?.code ?? '',
    own: '',
    validFrom: '',
    percent: '',
    source: '',
  });
  const record = useCommand(recordReferenceRates);
  const { code, own, validFrom, percent, source } = form.values;
  const submit = (): void =>
    record.mutate(
      { body: { rates: [{ code: code === 'other' ? own : code, validFrom, percent, source }] } },
      {
        onSuccess: () => {
          form.reset();
          setOpened(false);
        },
      },
    );
  return (
    <>
      <Button size="xs" onClick={() => setOpened(true)}>
        Record a rate
      </Button>
      <FormDialog
        title="Record a reference rate"
        opened={opened}
        onClose={() => setOpened(false)}
        onSubmit={submit}
        submitLabel="Record"
        busy={record.isPending}
        problem={record.error}
      >
        <Text size="sm">
          State the rate of the day that counts, such as 1 July, even when it did not change: that is how it
          is known.
        </Text>
        <Select
          label="Rate"
          data={[
            ...rates.histories.map((history) => ({ value: history.code, label: history.name })),
            { value: 'other', label: 'Another one' },
          ]}
          value={code}
          onChange={(value) => form.put({ code: value ?? code })}
          allowDeselect={false}
        />
        {code === 'other' ? (
          <TextInput
            label="Code"
            required
            description="Small letters, digits and hyphens, such as at-base."
            {...form.text('own')}
          />
        ) : null}
        <Group grow align="flex-start">
          <DayField
            label="From"
            required
            value={validFrom}
            onChange={(day) => form.put({ validFrom: day })}
          />
          <TextInput label="Percent" required inputMode="decimal" {...form.text('percent')} />
        </Group>
        <TextInput
          label="Source"
          required
          description="Who says so: the central bank’s page, a gazette."
          {...form.text('source')}
        />
      </FormDialog>
    </>
  );
}
