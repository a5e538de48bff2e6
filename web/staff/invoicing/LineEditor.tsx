// The lines of an invoice, written without the mouse: Enter goes to the next line and adds one after the last, arrow keys
// go up and down, with Alt they move the line, Ctrl+Backspace takes it away. Rows copied in a spreadsheet become lines.

import { ActionIcon, Button, Group, Select, Table, TextInput, Tooltip } from '@mantine/core';
import { IconDots, IconPlus, IconTrash } from '@tabler/icons-react';
import { type ClipboardEvent, Fragment, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { typedDecimal } from '../../lib/typed.ts';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import {
  carriesTax,
  type DraftLine,
  isEmptyLine,
  newLine,
  TAX_CATEGORIES,
  type TaxCategory,
} from './draft.ts';
import { LineMore, saysMore } from './LineMore.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import { pastedLines } from './pasted-lines.ts';

type LineEditorProps = {
  readonly lines: readonly DraftLine[];
  /** What each line comes to, by its key, as the server priced it. */
  readonly nets: ReadonlyMap<number, MoneyValue>;
  /** What is wrong with a field of a line. */
  troubleOf(line: DraftLine, field: string): string | undefined;
  /** The field somebody wants to go to; its line is opened where it stands behind *more*. */
  readonly sought?: SoughtField | null;
  onChange(lines: readonly DraftLine[]): void;
};

/** A field of a line, by the line's key. */
export type SoughtField = { readonly key: number; readonly field: string };

const FIELD = 'data-field';

/** Fields of a line that are always there; the others stand behind its *more*. */
const CELLS: ReadonlySet<string> = new Set([
  'description',
  'quantity',
  'unit',
  'unitPrice',
  'taxCategory',
  'taxPercent',
]);

/** Fields of a request that the form has under another name, or not at all. */
const SHOWN_AS: Readonly<Record<string, string>> = { unitCode: 'unit', note: 'detail' };

export function LineEditor({ lines, nets, troubleOf, sought = null, onChange }: LineEditorProps) {
  const table = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const isOpen = (line: DraftLine): boolean => opened.has(line.key) || saysMore(line);
  const toggle = (key: number): void =>
    setOpened((before) => new Set(before.has(key) ? [...before].filter((k) => k !== key) : [...before, key]));
  const [pasted, setPasted] = useState<readonly DraftLine[]>([]);
  const [wanted, setWanted] = useState<{ key: number; field: string } | null>(null);
  useEffect(() => {
    if (sought === null) return;
    const field = SHOWN_AS[sought.field] ?? sought.field;
    if (!CELLS.has(field)) setOpened((before) => new Set([...before, sought.key]));
    setWanted({ key: sought.key, field });
  }, [sought]);
  useEffect(() => {
    if (wanted === null) return;
    focusField(table.current, wanted.key, wanted.field);
    setWanted(null);
  }, [wanted]);
  const put = (key: number, change: Partial<DraftLine>): void =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...change } : line)));
  const addLine = (): void => {
    const line = newLine(lines.at(-1));
    onChange([...lines, line]);
    setWanted({ key: line.key, field: 'description' });
  };
  const remove = (index: number): void => {
    const rest = lines.filter((_, i) => i !== index);
    const left = rest.length === 0 ? [newLine()] : rest;
    onChange(left);
    const next = left[Math.min(index, left.length - 1)];
    if (next) setWanted({ key: next.key, field: 'description' });
  };
  const move = (index: number, by: 1 | -1, field: string): void => {
    const [line, other] = [lines[index], lines[index + by]];
    if (!line || !other) return;
    onChange(lines.map((at, i) => (i === index ? other : i === index + by ? line : at)));
    setWanted({ key: line.key, field });
  };
  const onPaste = (event: ClipboardEvent<HTMLElement>): void => {
    const rows = pastedLines(event.clipboardData.getData('text/plain'), lines.at(-1));
    if (rows.length === 0) return;
    event.preventDefault();
    setPasted(rows);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number): void => {
    const field = (event.target as HTMLElement).getAttribute(FIELD);
    if (field === null) return;
    const to = (line: DraftLine | undefined, inField: string): void => {
      if (line) focusField(table.current, line.key, inField);
    };
    if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      move(index, event.key === 'ArrowDown' ? 1 : -1, field);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      if (index < lines.length - 1) to(lines[index + 1], 'description');
      else addLine();
    } else if (event.key === 'ArrowDown') to(lines[index + 1], field);
    else if (event.key === 'ArrowUp') to(lines[index - 1], field);
    else if (event.key === 'Backspace' && (event.ctrlKey || event.metaKey)) remove(index);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={table} onPaste={onPaste}>
      <PasteDialog
        lines={pasted}
        onClose={() => setPasted([])}
        onTake={() => {
          onChange([...lines.filter((line) => !isEmptyLine(line)), ...pasted]);
          setPasted([]);
        }}
      />
      <Scroll minWidth={0} label="Lines">
        <Table verticalSpacing={6} horizontalSpacing={6} className="line-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Description</Table.Th>
              <Table.Th className="numeric" w={90}>
                Quantity
              </Table.Th>
              <Table.Th w={80}>Unit</Table.Th>
              <Table.Th className="numeric" w={120}>
                Price
              </Table.Th>
              <Table.Th w={150}>Tax</Table.Th>
              <Table.Th className="numeric" w={80}>
                Per cent
              </Table.Th>
              <Table.Th className="numeric" w={120}>
                Net
              </Table.Th>
              <Table.Th w={80} aria-label="More and remove" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line, index) => (
              <Fragment key={line.key}>
                <Table.Tr onKeyDown={(event) => onKeyDown(event, index)}>
                  <LineCells
                    line={line}
                    no={index + 1}
                    net={nets.get(line.key)}
                    troubleOf={(field) => troubleOf(line, field)}
                    onChange={(change) => put(line.key, change)}
                  />
                  <Table.Td>
                    <Group gap={2} wrap="nowrap" justify="flex-end">
                      <Tooltip label="Details, discount, item numbers, period">
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={`More of line ${index + 1}`}
                          aria-expanded={isOpen(line)}
                          onClick={() => toggle(line.key)}
                        >
                          <IconDots size={16} />
                        </ActionIcon>
                      </Tooltip>
                      <Tooltip label="Remove (Ctrl+Backspace)">
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={`Remove line ${index + 1}`}
                          disabled={lines.length === 1 && isEmptyLine(line)}
                          onClick={() => remove(index)}
                        >
                          <IconTrash size={16} />
                        </ActionIcon>
                      </Tooltip>
                    </Group>
                  </Table.Td>
                </Table.Tr>
                {isOpen(line) ? (
                  <Table.Tr>
                    <Table.Td colSpan={8} style={{ gridColumn: '1 / -1' }}>
                      <LineMore
                        line={line}
                        no={index + 1}
                        troubleOf={(field) => troubleOf(line, field)}
                        onChange={(change) => put(line.key, change)}
                      />
                    </Table.Td>
                  </Table.Tr>
                ) : null}
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Button
        size="xs"
        variant="default"
        mt="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={addLine}
      >
        Add a line
      </Button>
    </div>
  );
}

function focusField(within: HTMLElement | null, key: number, field: string): void {
  const cell = `[data-line="${key}"][${FIELD}="${field}"]`;
  within?.querySelector<HTMLElement>(`${cell}, [data-path="line/${key}/${field}"]`)?.focus();
}

type LineCellsProps = {
  readonly line: DraftLine;
  readonly no: number;
  readonly net: MoneyValue | undefined;
  troubleOf(field: string): string | undefined;
  onChange(change: Partial<DraftLine>): void;
};

function LineCells({ line, no, net, troubleOf, onChange }: LineCellsProps) {
  const field = (name: 'description' | 'quantity' | 'unit' | 'unitPrice' | 'taxPercent', label: string) => ({
    'aria-label': `${label} of line ${no}`,
    'data-line': line.key,
    [FIELD]: name,
    size: 'sm' as const,
    value: line[name],
    error: troubleOf(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ [name]: event.currentTarget.value }),
  });
  const figure = (name: 'quantity' | 'unitPrice' | 'taxPercent', label: string) => {
    const given = field(name, label);
    const unreadable = line[name].trim() !== '' && typedDecimal(line[name]) === undefined;
    return {
      ...given,
      error: unreadable ? 'no number' : given.error,
      inputMode: 'decimal' as const,
      styles: { input: { textAlign: 'end' as const } },
    };
  };
  const taxed = carriesTax(line.taxCategory);
  return (
    <>
      <Table.Td data-label="Description">
        <TextInput {...field('description', 'Description')} maxLength={1_000} />
      </Table.Td>
      <Table.Td data-label="Quantity">
        <TextInput {...figure('quantity', 'Quantity')} />
      </Table.Td>
      <Table.Td data-label="Unit">
        <TextInput {...field('unit', 'Unit')} maxLength={20} placeholder="pcs" />
      </Table.Td>
      <Table.Td data-label="Price">
        <TextInput {...figure('unitPrice', 'Price')} placeholder="0.00" />
      </Table.Td>
      <Table.Td data-label="Tax">
        <Select
          aria-label={`Tax of line ${no}`}
          data-line={line.key}
          data-field="taxCategory"
          size="sm"
          data={[...TAX_CATEGORIES]}
          value={line.taxCategory}
          onChange={(value) => onChange({ taxCategory: (value ?? 'S') as TaxCategory })}
          allowDeselect={false}
          error={troubleOf('taxCategory')}
        />
      </Table.Td>
      <Table.Td data-label="Per cent">
        {taxed ? (
          <TextInput {...figure('taxPercent', 'Tax per cent')} placeholder="21" />
        ) : (
          <TextInput
            aria-label={`Tax per cent of line ${no}`}
            size="sm"
            value="0"
            disabled
            styles={{ input: { textAlign: 'end' } }}
          />
        )}
      </Table.Td>
      <Table.Td className="numeric" data-label="Net">
        {net ? <Money value={net} bare /> : '–'}
      </Table.Td>
    </>
  );
}
