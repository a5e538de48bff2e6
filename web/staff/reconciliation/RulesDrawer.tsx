// Rules that say by its text what a bank line is: those in use, and a new one that shows what it would do before it is added.

import { Alert, Button, Drawer, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { addBankRule, listBankRules, previewBankRule, removeBankRule } from '#reconciliation/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Shown, Trouble } from '../../ui/Page.tsx';

const KINDS = [
  { value: 'fee', label: 'Bank fee' },
  { value: 'interest', label: 'Interest' },
  { value: 'transfer', label: 'Transfer between own accounts' },
  { value: 'sweep', label: 'Sweep' },
  { value: 'other', label: 'Of other books' },
] as const;
const DIRECTIONS = [
  { value: 'both', label: 'Money in and out' },
  { value: 'in', label: 'Money in' },
  { value: 'out', label: 'Money out' },
] as const;
type RuleKind = (typeof KINDS)[number]['value'];
type Direction = (typeof DIRECTIONS)[number]['value'];

/** How long the text rests before it is tried. */
const REST_MS = 400;
/** As short as a rule may be. */
const TEXT_MIN = 3;

export function RulesDrawer({ opened, onClose }: { readonly opened: boolean; onClose(): void }) {
  const mayChange = useMay('bank.import');
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="lg" title="Rules for bank lines">
      <Stack>
        <Text size="sm" c="dimmed">
          A rule says by its words what a bank line is. It speaks only where matching found nobody who paid:
          what has a payer, or is applied, stays a receipt whatever its text says.
        </Text>
        {mayChange ? <NewRule /> : null}
        <InUse mayChange={mayChange} />
      </Stack>
    </Drawer>
  );
}

function InUse({ mayChange }: { readonly mayChange: boolean }) {
  const read = useRead(listBankRules);
  const remove = useCommand(removeBankRule);
  return (
    <Shown read={read}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty title="No rule yet">Bank fees that come every month are a good first one.</Empty>
        ) : (
          <Table>
            <Table.Tbody>
              {rows.map((rule) => (
                <Table.Tr key={rule.ruleId}>
                  <Table.Td className="growing">
                    <Text size="sm" fw={550}>
                      “{rule.text}”
                    </Text>
                    <Text size="xs" c="dimmed">
                      {DIRECTIONS.find((one) => one.value === rule.direction)?.label} · added by{' '}
                      {rule.addedBy}
                    </Text>
                  </Table.Td>
                  <Table.Td>{KINDS.find((one) => one.value === rule.kind)?.label}</Table.Td>
                  {mayChange ? (
                    <Table.Td className="numeric">
                      <ConfirmButton
                        label="Remove"
                        spoken={`Remove the rule ${rule.text}`}
                        title="Take the rule out of use"
                        says="What it explained stays. New lines wait for somebody again."
                        confirmLabel="Take out of use"
                        act={() => remove.mutateAsync({ params: { ruleId: rule.ruleId } })}
                      />
                    </Table.Td>
                  ) : null}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Shown>
  );
}

function NewRule() {
  const add = useCommand(addBankRule);
  const [text, setText] = useState('');
  const [kind, setKind] = useState<RuleKind>('fee');
  const [direction, setDirection] = useState<Direction>('both');
  const [rested] = useDebouncedValue(text.trim(), REST_MS);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate({ body: { text: text.trim(), kind, direction } }, { onSuccess: () => setText('') });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        {add.error ? <Trouble problem={add.error} /> : null}
        <TextInput
          label="The line says"
          placeholder="account fee"
          required
          minLength={TEXT_MIN}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group grow>
          <Select
            label="It is"
            data={[...KINDS]}
            value={kind}
            allowDeselect={false}
            onChange={(value) => value && setKind(value as RuleKind)}
          />
          <Select
            label="For"
            data={[...DIRECTIONS]}
            value={direction}
            allowDeselect={false}
            onChange={(value) => value && setDirection(value as Direction)}
          />
        </Group>
        {rested.length >= TEXT_MIN ? <Preview rule={{ text: rested, kind, direction }} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending} disabled={text.trim().length < TEXT_MIN}>
            Add the rule
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Preview({
  rule,
}: {
  readonly rule: { readonly text: string; readonly kind: RuleKind; readonly direction: Direction };
}) {
  const read = useRead(previewBankRule, { query: rule });
  const preview = read.data;
  if (read.error) return <Trouble problem={read.error} />;
  if (!preview) return null;
  return (
    <Alert
      color={preview.waitingCount > 0 ? 'teal' : 'gray'}
      title={`Fits ${preview.waitingCount} ${preview.waitingCount === 1 ? 'line that waits' : 'lines that wait'}`}
    >
      <Stack gap="xs">
        <RuleLines rows={preview.waiting.slice(0, SHOWN)} />
        {preview.matchedCount > 0 ? (
          <>
            <Text size="sm" fw={600}>
              {preview.matchedCount} more are customers’ money and stay receipts
            </Text>
            <RuleLines rows={preview.matched.slice(0, SHOWN)} />
          </>
        ) : null}
        <Text size="xs" c="dimmed">
          Tried on the lines since {dayWords(preview.from)}
          {preview.isWhole ? '' : ', the latest of them'}; {preview.explainedCount} that fit are explained
          already.
        </Text>
      </Stack>
    </Alert>
  );
}

/** Lines shown of each sort. */
const SHOWN = 5;

function RuleLines({ rows }: { readonly rows: readonly Reply<typeof previewBankRule>['waiting'][number][] }) {
  return (
    <>
      {rows.map((line) => (
        <Group key={line.lineId} justify="space-between" wrap="nowrap" gap="sm">
          <Text size="xs" truncate>
            {dayWords(line.bookedOn)} · {line.payerName ? `${line.payerName}: ` : ''}
            {line.text || 'no text'}
          </Text>
          <Text size="xs" style={{ flex: 'none' }} component="div">
            <Money value={line.amount} />
          </Text>
        </Group>
      ))}
    </>
  );
}
