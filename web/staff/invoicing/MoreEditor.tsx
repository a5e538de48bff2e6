// What an invoice can say besides the usual: discounts and surcharges of the whole, references, delivery. Behind a toggle, so that
// the simple case stays simple.

import {
  ActionIcon,
  Button,
  Grid,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { typedDecimal } from '../../lib/typed.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { ChosenFootnotes } from './ChosenFootnotes.tsx';
import { type Draft, type DraftAllowance, exemptCategories, newAllowance } from './draft.ts';
import { Exemptions, Rounding } from './TaxReasons.tsx';

type MoreEditorProps = {
  readonly draft: Draft;
  /** What each discount or surcharge comes to, as the server priced it. */
  readonly amounts: readonly MoneyValue[];
  readonly currency: string;
  /** What the document says by itself where nothing is written. */
  readonly usual:
    | { readonly buyerReference: string | null; readonly footnotes: readonly string[] }
    | undefined;
  at(field: string): string | undefined;
  onChange(change: Partial<Draft>): void;
};

export function MoreEditor(props: MoreEditorProps) {
  return (
    <>
      <Panel title="Discounts and surcharges of the whole">
        <Allowances {...props} />
        <Rounding {...props} />
      </Panel>
      {exemptCategories(props.draft).length > 0 ? (
        <Panel title="Why no tax">
          <Exemptions {...props} />
        </Panel>
      ) : null}
      <Panel title="References and delivery">
        <ReferenceFields {...props} />
      </Panel>
      <Panel title="Footnotes">
        <ChosenFootnotes
          chosen={props.draft.footnotes}
          usual={props.usual?.footnotes}
          at={props.at}
          onChange={(footnotes) => props.onChange({ footnotes })}
        />
      </Panel>
    </>
  );
}

/** Whether anything is written behind "more" of an invoice. */
export function draftSaysMore(draft: Draft): boolean {
  const { buyerReference, contract, project, salesOrder, deliveredOn, periodFrom, periodTo } = draft;
  const texts = [buyerReference, contract, project, salesOrder, deliveredOn, periodFrom, periodTo];
  const exempt = draft.exemptions.flatMap(({ reason, code }) => [reason, code]);
  texts.push(draft.roundToMinor, ...exempt);
  if (draft.footnotes !== null) return true;
  return draft.allowances.length > 0 || texts.some((text) => text.trim() !== '');
}

function Allowances({ draft, amounts, at, onChange }: MoreEditorProps) {
  const put = (key: number, change: Partial<DraftAllowance>): void =>
    onChange({ allowances: draft.allowances.map((a) => (a.key === key ? { ...a, ...change } : a)) });
  const add = (kind: DraftAllowance['kind']): void =>
    onChange({
      allowances: [...draft.allowances, newAllowance(kind, draft.lines[0]?.taxPercent.trim() || '0')],
    });
  const wrong = at('allowances');
  return (
    <Stack gap="xs">
      {draft.allowances.map((allowance, index) => {
        const name = allowance.kind === 'allowance' ? 'Discount' : 'Surcharge';
        const amount = amounts[index];
        const unreadable = allowance.value.trim() !== '' && typedDecimal(allowance.value) === undefined;
        return (
          <Group key={allowance.key} gap="xs" align="flex-end">
            <TextInput
              label={`${name} ${index + 1}`}
              placeholder="Why"
              maxLength={200}
              style={{ flex: '1 1 180px' }}
              value={allowance.reason}
              error={at(`allowances/${index}/reason`)}
              onChange={(event) => put(allowance.key, { reason: event.currentTarget.value })}
            />
            <TextInput
              label={allowance.how === 'percent' ? 'Per cent' : 'Amount'}
              inputMode="decimal"
              w={100}
              value={allowance.value}
              error={unreadable ? 'no number' : at(`allowances/${index}/${allowance.how}`)}
              onChange={(event) => put(allowance.key, { value: event.currentTarget.value })}
              styles={{ input: { textAlign: 'end' } }}
            />
            <SegmentedControl
              aria-label={`How ${name.toLowerCase()} ${index + 1} is given`}
              data={[
                { value: 'percent', label: '%' },
                { value: 'amount', label: 'Amount' },
              ]}
              value={allowance.how}
              onChange={(how) => put(allowance.key, { how: how === 'amount' ? 'amount' : 'percent' })}
            />
            <Select
              label="Tax, %"
              w={90}
              data={taxesOf(draft, allowance.taxPercent)}
              value={allowance.taxPercent}
              allowDeselect={false}
              onChange={(taxPercent) => put(allowance.key, { taxPercent: taxPercent ?? '0' })}
              error={at(`allowances/${index}/taxPercent`)}
            />
            <Text size="sm" pb={8} ta="end" miw={90} component="div">
              {amount ? <Money value={amount} /> : '–'}
            </Text>
            <ActionIcon
              mb={5}
              variant="subtle"
              color="gray"
              aria-label={`Remove ${name.toLowerCase()} ${index + 1}`}
              onClick={() =>
                onChange({ allowances: draft.allowances.filter((a) => a.key !== allowance.key) })
              }
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        );
      })}
      {wrong ? (
        <Text size="sm" className="late" role="alert">
          {wrong}
        </Text>
      ) : null}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => add('allowance')}
        >
          Add a discount
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => add('charge')}
        >
          Add a surcharge
        </Button>
      </Group>
    </Stack>
  );
}

/** The rates that stand in the lines: a discount is taxed as what it is taken from. */
function taxesOf(draft: Draft, own: string): string[] {
  const rates = draft.lines.map((line) => line.taxPercent.trim()).filter((rate) => rate !== '');
  return [...new Set([own, ...rates, '0'])];
}

function ReferenceFields({ draft, usual, at, onChange }: MoreEditorProps) {
  const text = (field: 'buyerReference' | 'contract' | 'project' | 'salesOrder', label: string) => (
    <Grid.Col span={{ base: 12, sm: 6 }}>
      <TextInput
        label={label}
        data-path={`references/${field}`}
        maxLength={100}
        placeholder={field === 'buyerReference' ? (usual?.buyerReference ?? undefined) : undefined}
        value={draft[field]}
        onChange={(event) => onChange({ [field]: event.currentTarget.value })}
        error={at(`references/${field}`)}
      />
    </Grid.Col>
  );
  const day = (field: 'deliveredOn' | 'periodFrom' | 'periodTo', label: string) => (
    <Grid.Col span={{ base: 12, sm: 4 }}>
      <DayField
        label={label}
        value={draft[field]}
        onChange={(on) => onChange({ [field]: on })}
        error={at(`delivery/${field}`)}
        path={`delivery/${field}`}
      />
    </Grid.Col>
  );
  return (
    <Grid>
      {text('buyerReference', 'Buyer reference (Leitweg-ID)')}
      {text('contract', 'Contract')}
      {text('project', 'Project')}
      {text('salesOrder', 'Our order')}
      {day('deliveredOn', 'Delivered on')}
      {day('periodFrom', 'Or from')}
      {day('periodTo', 'To')}
    </Grid>
  );
}
