// For whom a policy is, as a rule that is built part by part: all of these, one of these, not this, or a question about an account.

import { Button, Group, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { POLICY_CHOICES } from '#policies/contract.ts';
import { heading, plainWords } from '../../lib/words.ts';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { COMPARISONS, segmentWords } from './policy-words.ts';

type Leaf = {
  readonly attribute: string;
  readonly is: string;
  readonly value?: unknown;
  readonly last?: number;
};
type Kind = 'everybody' | 'all' | 'any' | 'not' | 'leaf';

const KINDS = [
  { value: 'leaf', label: 'This is so' },
  { value: 'all', label: 'All of these' },
  { value: 'any', label: 'One of these' },
  { value: 'not', label: 'Not this' },
] as const;

const FIRST: Leaf = { attribute: 'oldest_days_overdue', is: 'at_least', value: 30 };
/** As deep as rules are built here; what lies deeper in a file stays as it is, and is shown in words. */
const DEPTH_MAX = 3;

function kindOf(segment: unknown): Kind {
  if (segment === 'everybody') return 'everybody';
  if (typeof segment !== 'object' || segment === null) return 'leaf';
  if ('all' in segment) return 'all';
  if ('any' in segment) return 'any';
  return 'not' in segment ? 'not' : 'leaf';
}

function partsOf(segment: unknown): readonly unknown[] {
  if (typeof segment !== 'object' || segment === null) return [];
  if ('all' in segment && Array.isArray(segment.all)) return segment.all;
  if ('any' in segment && Array.isArray(segment.any)) return segment.any;
  return 'not' in segment ? [segment.not] : [segment];
}

function made(kind: Kind, parts: readonly unknown[]): unknown {
  const some = parts.length > 0 ? parts : [FIRST];
  if (kind === 'all') return { all: some };
  if (kind === 'any') return { any: some };
  return kind === 'not' ? { not: some[0] } : some[0];
}

type SegmentEditorProps = {
  readonly segment: unknown;
  onChange(segment: unknown): void;
  /** Takes the part away; left out where it is the whole rule. */
  readonly onRemove?: (() => void) | undefined;
  readonly depth?: number;
};

export function SegmentEditor({ segment, onChange, onRemove, depth = 0 }: SegmentEditorProps) {
  const kind = kindOf(segment);
  const parts = partsOf(segment);
  if (depth > DEPTH_MAX) return <span>{segmentWords(segment)}</span>;
  const replace = (index: number, part: unknown): void =>
    onChange(
      made(
        kind,
        parts.map((one, place) => (place === index ? part : one)),
      ),
    );
  return (
    <Stack gap="xs" className={depth > 0 ? 'rule-part' : undefined}>
      <Group gap="xs" align="flex-end">
        <Select
          aria-label="Kind of rule"
          size="xs"
          w={150}
          allowDeselect={false}
          data={KINDS.map((one) => ({ ...one }))}
          value={kind}
          onChange={(value) => onChange(made((value ?? 'leaf') as Kind, parts))}
        />
        {kind === 'leaf' ? <LeafEditor leaf={leafOf(segment)} onChange={onChange} /> : null}
        {onRemove ? (
          <Button
            size="xs"
            variant="subtle"
            color="red"
            aria-label={`Remove: ${segmentWords(segment)}`}
            onClick={onRemove}
          >
            Remove
          </Button>
        ) : null}
      </Group>
      {kind === 'leaf'
        ? null
        : parts.map((part, index) => (
            <SegmentEditor
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a rule have no name but their place
              key={index}
              segment={part}
              depth={depth + 1}
              onChange={(changed) => replace(index, changed)}
              onRemove={
                parts.length > 1
                  ? () =>
                      onChange(
                        made(
                          kind,
                          parts.filter((_, place) => place !== index),
                        ),
                      )
                  : undefined
              }
            />
          ))}
      {kind === 'all' || kind === 'any' ? (
        <Group>
          <Button size="compact-xs" variant="light" onClick={() => onChange(made(kind, [...parts, FIRST]))}>
            Add to these
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

function leafOf(segment: unknown): Leaf {
  return typeof segment === 'object' && segment !== null && 'attribute' in segment
    ? (segment as Leaf)
    : FIRST;
}

const KIND_OF: Readonly<Record<string, string>> = POLICY_CHOICES.attributes;

/** The words to choose from, where there are few. */
const WORDS: Readonly<Record<string, readonly string[]>> = POLICY_CHOICES.words;

function comparisonsOf(attribute: string): readonly string[] {
  const kind = KIND_OF[attribute];
  if (kind === 'words') return ['one_of', 'none_of'];
  if (kind === 'word') return ['one_of', 'none_of', 'unknown'];
  const numbers = ['at_least', 'at_most', 'more_than', 'less_than'];
  return kind === 'amount' ? numbers : [...numbers, 'unknown'];
}

function usualValue(attribute: string): unknown {
  const kind = KIND_OF[attribute];
  if (kind === 'word' || kind === 'words') return [];
  return kind === 'amount' ? { currency: 'EUR', amount: '1000.00' } : 30;
}

function LeafEditor({ leaf, onChange }: { readonly leaf: Leaf; onChange(leaf: Leaf): void }) {
  const choose = (attribute: string): void =>
    onChange({ attribute, is: comparisonsOf(attribute)[0] ?? 'at_least', value: usualValue(attribute) });
  const compare = (is: string): void => {
    const { value: _, ...rest } = leaf;
    onChange(
      is === 'unknown' ? { ...rest, is } : { ...leaf, is, value: leaf.value ?? usualValue(leaf.attribute) },
    );
  };
  return (
    <>
      <Select
        aria-label="What of the account"
        size="xs"
        w={190}
        searchable
        allowDeselect={false}
        data={Object.keys(POLICY_CHOICES.attributes).map((value) => ({ value, label: heading(value) }))}
        value={leaf.attribute}
        onChange={(value) => (value ? choose(value) : undefined)}
      />
      <Select
        aria-label="How it compares"
        size="xs"
        w={120}
        allowDeselect={false}
        data={comparisonsOf(leaf.attribute).map((value) => ({
          value,
          label: COMPARISONS[value] ?? plainWords(value),
        }))}
        value={leaf.is}
        onChange={(value) => (value ? compare(value) : undefined)}
      />
      {leaf.is === 'unknown' ? null : <ValueEditor leaf={leaf} onChange={onChange} />}
    </>
  );
}

function ValueEditor({ leaf, onChange }: { readonly leaf: Leaf; onChange(leaf: Leaf): void }) {
  const kind = KIND_OF[leaf.attribute];
  if (kind === 'word' || kind === 'words')
    return (
      <TagsInput
        aria-label="Values"
        size="xs"
        miw={180}
        placeholder={WORDS[leaf.attribute] ? 'choose' : 'type and press Enter'}
        data={[...(WORDS[leaf.attribute] ?? [])]}
        value={Array.isArray(leaf.value) ? leaf.value.map(String) : []}
        onChange={(value) => onChange({ ...leaf, value })}
      />
    );
  if (kind === 'amount') {
    const { amount, currency } = (leaf.value ?? {}) as { amount?: string; currency?: string };
    return (
      <>
        <TextInput
          aria-label="Amount"
          size="xs"
          w={110}
          inputMode="decimal"
          value={amount ?? ''}
          onChange={(event) =>
            onChange({ ...leaf, value: { currency: currency ?? 'EUR', amount: event.currentTarget.value } })
          }
        />
        <Select
          aria-label="Currency"
          size="xs"
          w={84}
          searchable
          allowDeselect={false}
          data={CURRENCY_CHOICES}
          value={currency ?? 'EUR'}
          onChange={(value) =>
            onChange({ ...leaf, value: { currency: value ?? 'EUR', amount: amount ?? '' } })
          }
        />
      </>
    );
  }
  return (
    <NumberInput
      aria-label="Number"
      size="xs"
      w={90}
      allowDecimal={false}
      value={typeof leaf.value === 'number' ? leaf.value : ''}
      onChange={(value) => (typeof value === 'number' ? onChange({ ...leaf, value }) : undefined)}
    />
  );
}
