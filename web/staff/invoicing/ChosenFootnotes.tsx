// What stands under one invoice or credit note: the company's footnotes that apply to it, and words of its own.

import { ActionIcon, Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type DraftFootnote, newFootnote } from './draft.ts';

/** As many as a document takes. */
const FOOTNOTES_MAX = 12;

export function ChosenFootnotes({
  chosen,
  usual,
  what = 'invoice',
  at,
  onChange,
}: {
  /** Null: what the company says under all of its documents. */
  readonly chosen: readonly DraftFootnote[] | null;
  /** What the company says, in the language of the customer; not known before there is one. */
  readonly usual: readonly string[] | undefined;
  readonly what?: 'invoice' | 'credit note';
  at(field: string): string | undefined;
  onChange(chosen: readonly DraftFootnote[] | null): void;
}) {
  const known = usual ?? [];
  const now = chosen ?? known.map(newFootnote);
  const own = now.filter(({ text }) => !known.includes(text));
  /** The company's stand first, in its order. */
  const choose = (texts: readonly string[], mine: readonly DraftFootnote[]): void => {
    const all = [...known.filter((text) => texts.includes(text)).map(newFootnote), ...mine];
    onChange(mine.length === 0 && all.length === known.length ? null : all);
  };
  const checked = now.map(({ text }) => text);
  const wrong = at('footnotes');
  return (
    <Stack gap="xs">
      {known.map((text) => (
        <Checkbox
          key={text}
          label={text}
          checked={checked.includes(text)}
          onChange={(event) =>
            choose(
              event.currentTarget.checked ? [...checked, text] : checked.filter((each) => each !== text),
              own,
            )
          }
        />
      ))}
      {known.length === 0 && own.length === 0 ? (
        <Text size="sm" c="dimmed">
          {usual === undefined
            ? what === 'invoice'
              ? 'What your company says under all of its invoices shows here once the invoice has a customer, a line with a price and a day it is due.'
              : 'What your company says under all of its documents shows here once the credit note has a customer and an amount.'
            : 'Your company says nothing under its documents.'}
        </Text>
      ) : null}
      {own.map((footnote, index) => (
        <Group key={footnote.key} gap="xs" wrap="nowrap" align="flex-start">
          <Textarea
            aria-label={`Footnote of this ${what} ${index + 1}`}
            placeholder={`Only under this ${what}`}
            autosize
            minRows={1}
            maxLength={2_000}
            style={{ flex: 1 }}
            value={footnote.text}
            error={at(`footnotes/${now.indexOf(footnote)}`)}
            onChange={(event) => {
              const text = event.currentTarget.value;
              choose(
                checked,
                own.map((each) => (each.key === footnote.key ? { ...each, text } : each)),
              );
            }}
          />
          <ActionIcon
            mt={4}
            variant="subtle"
            color="gray"
            aria-label={`Remove footnote of this ${what} ${index + 1}`}
            onClick={() =>
              choose(
                checked,
                own.filter((each) => each.key !== footnote.key),
              )
            }
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
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
          disabled={now.length >= FOOTNOTES_MAX}
          onClick={() => choose(checked, [...own, newFootnote('')])}
        >
          Add a footnote of its own
        </Button>
        {chosen === null ? null : (
          <Button size="xs" variant="subtle" onClick={() => onChange(null)}>
            As usual
          </Button>
        )}
      </Group>
    </Stack>
  );
}
