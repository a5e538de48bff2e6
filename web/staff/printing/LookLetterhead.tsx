// What a company says at the head and foot of its documents and around their lines, one language after the other.

import { Button, Code, Group, Select, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { Fragment, useState } from 'react';
import type { readLook } from '#printing/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { LANGUAGES_IN_ENGLISH } from '../../ui/choices.ts';

export type Letterhead = Reply<typeof readLook>['letterheads'][number];

const FIELDS = [
  ...['name', 'street', 'town', 'taxId', 'registration', 'email', 'phone', 'bank', 'iban', 'bic'],
  ...['account', 'routing'],
];
const TEXT_FIELDS = ['number', 'issuedOn', 'dueOn', 'total', 'iban', 'bic', 'reference'];
const COLUMNS = [0, 1, 2] as const;

const empty = (language: Letterhead['language']): Letterhead => ({
  language,
  head: [],
  columns: [],
  before: null,
  after: null,
  creditBefore: null,
  creditAfter: null,
});

/** Whether nothing is said in it, so that it need not be kept. */
function isEmpty({ language: _, head, columns, ...texts }: Letterhead): boolean {
  return (
    head.length === 0 && columns.flat().length === 0 && Object.values(texts).every((text) => text === null)
  );
}

export function LookLetterhead({
  letterheads,
  ownLanguage,
  onChange,
  problem,
}: {
  readonly letterheads: readonly Letterhead[];
  /** The company's own, which is said where a document's language is not. */
  readonly ownLanguage: Letterhead['language'];
  onChange(letterheads: Letterhead[]): void;
  readonly problem: ApiProblem | null;
}) {
  const [language, setLanguage] = useState<Letterhead['language']>(ownLanguage);
  const shown = letterheads.find((each) => each.language === language) ?? empty(language);
  const put = (part: Partial<Letterhead>): void => {
    const next = { ...shown, ...part };
    const others = letterheads.filter((each) => each.language !== language);
    onChange(
      [...others, ...(isEmpty(next) ? [] : [next])].sort((a, b) => a.language.localeCompare(b.language)),
    );
  };
  const said = letterheads.map((each) => each.language);
  return (
    <Stack gap="sm">
      <Select
        label="Letterhead in"
        description={
          said.length === 0
            ? 'Nothing is said yet: head and foot are as is usual'
            : `Said in ${said.map(nameOf).join(', ')}; other languages read ${nameOf(ownLanguage)}`
        }
        data={LANGUAGES_IN_ENGLISH}
        value={language}
        onChange={(chosen) =>
          setLanguage(LANGUAGES_IN_ENGLISH.find((c) => c.value === chosen)?.value ?? language)
        }
        searchable
        allowDeselect={false}
      />
      {problem?.code === 'letterhead_field_unknown' ? (
        <Text size="sm" c="red" role="alert">
          {`{${String(problem.facts.field)}} is not filled in here.`}
        </Text>
      ) : null}
      <Lines
        key={`${language} head`}
        label="At the head"
        placeholder={'{email}\n{phone}'}
        lines={shown.head}
        onChange={(head) => put({ head })}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xs">
        {COLUMNS.map((at) => (
          <Lines
            key={`${language} ${at}`}
            label={`Foot, column ${at + 1}`}
            placeholder={
              ['{name}\n{street}\n{town}', '{registration}\n{taxId}', '{bank}\n{iban}\n{bic}'][at] ?? ''
            }
            lines={shown.columns[at] ?? []}
            onChange={(lines) => {
              const columns = COLUMNS.map((each) => (each === at ? lines : (shown.columns[each] ?? [])));
              put({ columns: columns.flat().length === 0 ? [] : columns });
            }}
          />
        ))}
      </SimpleGrid>
      <Fields says="Head and foot fill in" fields={FIELDS} />
      <Paragraphs
        key={`${language} before`}
        label="Over the lines of invoices"
        text={shown.before}
        onChange={(before) => put({ before })}
      />
      <Paragraphs
        key={`${language} after`}
        label="Under invoices"
        text={shown.after}
        onChange={(after) => put({ after })}
      />
      <Paragraphs
        key={`${language} creditBefore`}
        label="Over the lines of credit notes"
        text={shown.creditBefore}
        onChange={(creditBefore) => put({ creditBefore })}
      />
      <Paragraphs
        key={`${language} creditAfter`}
        label="Under credit notes"
        text={shown.creditAfter}
        onChange={(creditAfter) => put({ creditAfter })}
      />
      <Fields says="These fill in" fields={TEXT_FIELDS} />
      {isEmpty(shown) ? null : (
        <Group justify="flex-end">
          <Button
            variant="subtle"
            size="xs"
            onClick={() => onChange(letterheads.filter((each) => each.language !== language))}
          >
            Say nothing in {nameOf(language)}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

const nameOf = (language: string): string =>
  LANGUAGES_IN_ENGLISH.find(({ value }) => value === language)?.label ?? language;

function Fields({ says, fields }: { readonly says: string; readonly fields: readonly string[] }) {
  return (
    <Text size="xs" c="dimmed">
      {says}{' '}
      {fields.map((field) => (
        <Fragment key={field}>
          <Code>{`{${field}}`}</Code>{' '}
        </Fragment>
      ))}
    </Text>
  );
}

/** Lines as people type them; what is typed stays as it is while it is typed. */
function Lines({
  label,
  placeholder,
  lines,
  onChange,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly lines: readonly string[];
  onChange(lines: string[]): void;
}) {
  const [text, setText] = useState(lines.join('\n'));
  const given = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (
    <Textarea
      label={label}
      placeholder={placeholder}
      autosize
      minRows={3}
      maxRows={8}
      value={text}
      error={
        given.length > 6
          ? 'At most 6 lines.'
          : given.some((line) => line.length > 80)
            ? 'At most 80 characters a line.'
            : undefined
      }
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        onChange(
          typed
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
        );
      }}
    />
  );
}

function Paragraphs({
  label,
  text,
  onChange,
}: {
  readonly label: string;
  readonly text: string | null;
  onChange(text: string | null): void;
}) {
  const [typed, setTyped] = useState(text ?? '');
  return (
    <Textarea
      label={label}
      autosize
      minRows={1}
      maxRows={10}
      maxLength={2_000}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(event.currentTarget.value.trim() || null);
      }}
    />
  );
}
