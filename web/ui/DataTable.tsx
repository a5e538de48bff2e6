// A list for people who work in it all day: fixed header, rows drawn only where they are seen, more rows as one scrolls,
// arrow keys or j and k to move, Enter to open.

import { Table, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

export type Column<Row> = {
  readonly key: string;
  readonly title: string;
  readonly numeric?: boolean;
  /** Hidden on a phone. */
  readonly wideOnly?: boolean;
  /** The name under which the server sorts; a column without one is not sorted. */
  readonly sort?: string;
  readonly width?: number | string;
  cell(row: Row): ReactNode;
};

type DataTableProps<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string;
  onOpen?(row: Row): void;
  isSelected?(row: Row): boolean;
  /** Asked for the next page when the end comes into sight. */
  onEnd?(): void;
  readonly loadingMore?: boolean;
  readonly sort?: { readonly by: string; readonly descending: boolean };
  onSort?(by: string): void;
  readonly empty?: ReactNode;
  readonly footer?: ReactNode;
};

const ROW_PIXELS = 41;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  const { onEnd } = props;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 8) onEnd?.();
  }, [last, rows.length, onEnd]);
  if (rows.length === 0 && props.empty !== undefined)
    return <div className="table-scroll">{props.empty}</div>;
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" ref={scroller} tabIndex={0} aria-label={props.label}>
      <Table aria-rowcount={rows.length}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {above > 0 ? <Spacer pixels={above} span={columns.length} /> : null}
          {shown.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <BodyRow key={props.keyOf(row)} row={row} index={item.index} table={props} />
            );
          })}
          {below > 0 ? <Spacer pixels={below} span={columns.length} /> : null}
        </Table.Tbody>
        {props.footer === undefined ? null : <Table.Tfoot>{props.footer}</Table.Tfoot>}
      </Table>
      {props.loadingMore ? (
        <Text size="sm" c="dimmed" ta="center" py="xs" role="status">
          Loading more…
        </Text>
      ) : null}
    </section>
  );
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sort: DataTableProps<Row>['sort'];
  readonly onSort: DataTableProps<Row>['onSort'];
}) {
  const by = column.sort;
  const sorted = by !== undefined && sort?.by === by;
  const order = sorted ? (sort.descending ? 'descending' : 'ascending') : undefined;
  return (
    <Table.Th className={classOf(column)} w={column.width} aria-sort={order}>
      {by === undefined || onSort === undefined ? (
        column.title
      ) : (
        <button type="button" className="sort-button" onClick={() => onSort(by)}>
          {column.title}
          {sorted ? (
            sort.descending ? (
              <IconArrowDown size={14} aria-hidden />
            ) : (
              <IconArrowUp size={14} aria-hidden />
            )
          ) : null}
        </button>
      )}
    </Table.Th>
  );
}

function classOf<Row>(column: Column<Row>): string {
  return [column.numeric ? 'numeric' : '', column.wideOnly ? 'hide-narrow' : ''].join(' ').trim();
}

function BodyRow<Row>({
  row,
  index,
  table,
}: {
  readonly row: Row;
  readonly index: number;
  readonly table: DataTableProps<Row>;
}) {
  const open = table.onOpen === undefined ? undefined : () => table.onOpen?.(row);
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && open) open();
    else if (event.key === 'ArrowDown' || event.key === 'j')
      focusSibling(event.currentTarget, 'nextElementSibling');
    else if (event.key === 'ArrowUp' || event.key === 'k')
      focusSibling(event.currentTarget, 'previousElementSibling');
    else return;
    event.preventDefault();
  };
  const selected = table.isSelected?.(row);
  return (
    <Table.Tr
      aria-rowindex={index + 1}
      {...(selected === undefined ? {} : { 'aria-selected': selected })}
      {...(open === undefined ? {} : { 'data-link': true, tabIndex: 0, onClick: open })}
      onKeyDown={onKeyDown}
      h={ROW_PIXELS}
    >
      {table.columns.map((column) => (
        <Table.Td key={column.key} className={classOf(column)}>
          {column.cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function focusSibling(row: HTMLElement, which: 'nextElementSibling' | 'previousElementSibling'): void {
  const sibling = row[which];
  if (sibling instanceof HTMLElement && sibling.tabIndex >= 0) sibling.focus();
}

function Spacer({ pixels, span }: { readonly pixels: number; readonly span: number }) {
  return (
    <tr aria-hidden style={{ height: pixels }}>
      <td colSpan={span} style={{ padding: 0, border: 0 }} />
    </tr>
  );
}
