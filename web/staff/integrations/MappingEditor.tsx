// Which column of the file is what, with values of the file beside it, and how it writes numbers and days. What could be
// read in two ways is asked, never guessed.

import { Alert, Badge, Button, Grid, Group, MultiSelect, Select, Stack, Table, Text } from '@mantine/core';
import { IconEye, IconHelpCircle } from '@tabler/icons-react';
import type { surveyImportFile } from '#integrations/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import type { Kind, Mapping } from './ImportPage.tsx';

type Survey = Reply<typeof surveyImportFile>;
type Field = Survey['fields'][number]['field'];

type MappingEditorProps = {
  readonly kind: Kind;
  readonly survey: Survey;
  readonly mapping: Mapping;
  readonly problem: ApiProblem | null;
  readonly busy: boolean;
  readonly ready: boolean;
  onChange(mapping: Mapping): void;
  onCheck(mapping: Mapping): void;
};

/** Values of the file shown beside a field. */
const SAMPLES_SHOWN = 3;
const COLUMNS_OF_A_FIELD_MAX = 5;

export function MappingEditor(props: MappingEditorProps) {
  const { survey, mapping, onCheck } = props;
  const open = survey.fields.filter((f) => f.required && columnsOf(mapping, f.field).length === 0);
  const asks = (code: string): boolean => survey.problems.some((p) => p.code === code);
  const unanswered =
    (asks('decimal_mark_unclear') && mapping.decimalMark === undefined) ||
    (asks('date_order_unclear') && mapping.dateOrder === undefined);
  return (
    <Stack>
      <Panel
        title="Columns"
        actions={
          <Badge color={survey.mappingSource === 'stored' ? 'teal' : 'blue'}>
            {survey.mappingSource === 'stored'
              ? 'as in the last import of such a file'
              : 'guessed from the header'}
          </Badge>
        }
      >
        <Fields {...props} />
      </Panel>
      <Writing {...props} />
      {props.problem ? <Trouble problem={props.problem} /> : null}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {open.length > 0
            ? `Still needed: ${open.map((f) => f.title).join(', ')}.`
            : unanswered
              ? 'Answer the questions above.'
              : 'Checking changes nothing.'}
        </Text>
        <Button
          leftSection={<IconEye size={16} aria-hidden />}
          disabled={!props.ready || open.length > 0 || unanswered}
          loading={props.busy}
          onClick={() => onCheck(mapping)}
        >
          Check what would happen
        </Button>
      </Group>
    </Stack>
  );
}

function columnsOf(mapping: Mapping, field: Field): string[] {
  return [...(mapping.fields[field] ?? [])];
}

function Fields({ survey, mapping, onChange }: MappingEditorProps) {
  const set = (field: Field, columns: string[]): void => {
    const { [field]: _, ...rest } = mapping.fields;
    onChange({ ...mapping, fields: columns.length === 0 ? rest : { ...rest, [field]: columns } });
  };
  return (
    <Scroll minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={200}>What</Table.Th>
            <Table.Th w={320}>Column of the file</Table.Th>
            <Table.Th>Values in the file</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {survey.fields.map((info) => {
            const columns = columnsOf(mapping, info.field);
            return (
              <Table.Tr key={info.field}>
                <Table.Td>
                  <Text size="sm" fw={info.required ? 600 : 400}>
                    {info.title}
                    {info.required ? (
                      <Text span className="late" aria-hidden>
                        {' '}
                        *
                      </Text>
                    ) : null}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <MultiSelect
                    aria-label={`Column for ${info.title}${info.required ? ', needed' : ''}`}
                    size="sm"
                    data={[...new Set(survey.header.filter((name) => name !== ''))]}
                    value={columns}
                    onChange={(chosen) => set(info.field, chosen)}
                    maxValues={COLUMNS_OF_A_FIELD_MAX}
                    placeholder={
                      columns.length === 0 ? (info.required ? 'Choose one' : 'Not in the file') : ''
                    }
                    searchable
                    clearable
                    hidePickedOptions
                    error={info.required && columns.length === 0}
                  />
                  {columns.length > 1 ? (
                    <Text size="xs" c="dimmed" mt={2}>
                      The first of them that is filled counts.
                    </Text>
                  ) : null}
                </Table.Td>
                <Table.Td>
                  <Text size="sm" c="dimmed" truncate maw={420}>
                    {samplesOf(survey, columns).join('  ·  ')}
                  </Text>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function samplesOf(survey: Survey, columns: readonly string[]): readonly string[] {
  const indexes = columns.map((column) => survey.header.indexOf(column));
  const values = survey.sample
    .map((row) => indexes.map((i) => row.cells[i]?.trim() ?? '').find((text) => text !== ''))
    .filter((text) => text !== undefined);
  return [...new Set(values)].slice(0, SAMPLES_SHOWN);
}

const MARKS = [
  { value: '.', label: 'Point: 1234.50' },
  { value: ',', label: 'Comma: 1234,50' },
];
const ORDERS = [
  { value: 'year_month_day', label: 'Year, month, day: 2026-03-31' },
  { value: 'day_month_year', label: 'Day, month, year: 31.03.2026' },
  { value: 'month_day_year', label: 'Month, day, year: 03/31/2026' },
];
const EXCESS = [
  { value: 'refuse', label: 'Say so, and take nothing over' },
  { value: 'round', label: 'Round half up, and list each' },
];
const GROUPS = [
  { value: 'payment_id', label: 'Rows with one payment id' },
  { value: 'customer_day', label: 'Rows of a customer on a day' },
  { value: 'row', label: 'Each row' },
];

/** A choice of the mapping, whose empty value leaves it to the file. */
function change<K extends keyof Mapping>(mapping: Mapping, key: K, value: string | null): Mapping {
  const { [key]: _, ...rest } = mapping;
  return (value === null ? rest : { ...rest, [key]: value }) as Mapping;
}

function Writing({ kind, survey, mapping, onChange }: MappingEditorProps) {
  const question = (code: string, answered: boolean) => {
    const found = survey.problems.find((p) => p.code === code);
    return found && !answered ? `${found.message} In the file: ${found.value ?? ''}` : undefined;
  };
  const markQuestion = question('decimal_mark_unclear', mapping.decimalMark !== undefined);
  const orderQuestion = question('date_order_unclear', mapping.dateOrder !== undefined);
  return (
    <Panel title="How the file writes">
      <Stack>
        {[markQuestion, orderQuestion].map((words) =>
          words === undefined ? null : (
            <Alert key={words} color="orange" icon={<IconHelpCircle aria-hidden />}>
              {words}
            </Alert>
          ),
        )}
        <Grid>
          <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
            <Select
              label="Decimal mark"
              data={MARKS}
              value={mapping.decimalMark ?? null}
              placeholder="As the file shows"
              clearable
              error={markQuestion === undefined ? undefined : 'Choose one'}
              onChange={(value) => onChange(change(mapping, 'decimalMark', value))}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
            <Select
              label="Days"
              data={ORDERS}
              value={mapping.dateOrder ?? null}
              placeholder="As the file shows"
              clearable
              error={orderQuestion === undefined ? undefined : 'Choose one'}
              onChange={(value) => onChange(change(mapping, 'dateOrder', value))}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
            <Select
              label="Currency of rows without one"
              data={CURRENCY_CHOICES}
              value={mapping.currency ?? null}
              placeholder="That of the company"
              searchable
              clearable
              onChange={(value) => onChange(change(mapping, 'currency', value))}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
            <Select
              label="Amounts with too many decimals"
              data={EXCESS}
              value={mapping.excessDecimals ?? 'refuse'}
              allowDeselect={false}
              onChange={(value) => onChange(change(mapping, 'excessDecimals', value))}
            />
          </Grid.Col>
          {kind === 'payments' ? (
            <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
              <Select
                label="What makes one payment"
                data={GROUPS}
                value={mapping.group ?? 'customer_day'}
                allowDeselect={false}
                onChange={(value) => onChange(change(mapping, 'group', value))}
              />
            </Grid.Col>
          ) : null}
        </Grid>
      </Stack>
    </Panel>
  );
}
