// What can be wrong with files of payers.

import type { RefusalMeaning } from '#http/contract.ts';

/** What can be wrong with a file of rows, a CSV or a workbook, whoever reads it. */
export const TABLE_FILE: Readonly<Record<string, RefusalMeaning>> = {
  spreadsheet_not_found: [415, 'This archive holds no workbook. Send the .xlsx itself.'],
  spreadsheet_format_unknown: [415, 'Workbooks are read as .xlsx. Save it as that, or as CSV.'],
  spreadsheet_damaged: [422, 'The workbook is damaged. Save it anew.'],
  file_too_large: [413, 'The file is larger than an import may be. Split it.'],
  archive_damaged: [422, 'The file is damaged or cut off. Get it again, or save it anew.'],
  archive_too_large: [413, 'The file is larger unpacked than an import may be. Split it.'],
  archive_suspicious: [
    422,
    'The file unpacks to many times its size, as files made to do harm do. Send it unpacked.',
  ],
  archive_too_many_files: [422, 'There are more files in this archive than any table has.'],
  archive_encrypted: [422, 'The file is protected by a password. Save it without one.'],
  sheet_not_found: [422, 'The workbook has no sheet that can be read.'],
  sheet_strings_too_large: [422, 'The texts of the workbook are too many. Save the table as CSV.'],
  sheet_too_many_columns: [422, 'The sheet has too many columns. Take out those that are not needed.'],
  sheet_cell_too_long: [422, 'A cell of the sheet is too long. Shorten its text.'],
  xml_dtd_refused: [422, 'The workbook holds a document type, as files made to do harm do.'],
  xml_too_deep: [422, 'The workbook is nested too deeply, as files made to do harm are.'],
  xml_entity_refused: [422, 'The workbook defines entities, as files made to do harm do.'],
  xml_not_well_formed: [422, 'The workbook is damaged. Save it anew.'],
  xml_text_too_long: [422, 'A text of the workbook is too long. Shorten it.'],
  csv_quote_not_closed: [422, 'A quotation mark opens a cell and never closes it. See the line named.'],
  csv_quote_misplaced: [422, 'Text follows a closing quotation mark. See the line named.'],
  csv_field_too_long: [422, 'A cell is too long, or a quotation mark is not closed. See the line named.'],
  csv_too_many_columns: [422, 'The rows have too many cells. Check which delimiter the file uses.'],
  text_encoding_unknown: [422, 'The file names an encoding that is not known. Save it as UTF-8.'],
  text_encoding_wrong: [422, 'The file holds bytes that are no text in its encoding. Save it as UTF-8.'],
};

/** What can be wrong with a list that came as a file. */
export const LIST_FILE: Readonly<Record<string, RefusalMeaning>> = {
  remittance_too_large: [413, 'A remittance has 5 MB at most.'],
  remittance_format_unknown: [
    422,
    'A remittance is read from CSV, .xlsx or PDF. Enter it by hand, or ask for such a file.',
  ],
  remittance_pdf_without_text: [
    422,
    'The PDF is a picture without text, as from a scanner. Type it in with the PDF beside.',
  ],
  remittance_headings_differ: [
    422,
    'A page of the PDF has other columns than the one before. Type the remittance in, or ask for a table.',
  ],
  remittance_cell_between_columns: [
    422,
    'A number of the PDF stands between two columns. Type the remittance in, or ask for a table.',
  ],
  remittance_edi_without_advice: [422, 'The file holds no remittance advice (820). Ask the sender for one.'],
  remittance_edi_not_whole: [422, 'The advice is cut off or damaged. Ask the sender for it again.'],
  remittance_adjustment_not_readable: [
    422,
    'An adjustment adds to a document, which no line of a remittance can say. Type the remittance in.',
  ],
  remittance_too_many_in_file: [413, 'The file holds more remittances than are taken in at once. Split it.'],
  x12_not_recognised: [422, 'The file does not begin as X12 does. Ask the sender for it again.'],
  x12_segment_too_long: [422, 'A segment of the file does not end. Ask the sender for it again.'],
  remittance_too_long: [422, 'The advice has more lines than are read. Ask for it in parts.'],
  pdf_damaged: [422, 'The PDF is damaged or cut off. Get it again from where it comes.'],
  pdf_encrypted: [422, 'The PDF is locked. Ask for one that is not.'],
  pdf_too_many_pages: [413, 'The PDF has more pages than a remittance may have. Split it.'],
  pdf_too_much_text: [413, 'The PDF holds more text than a remittance may have. Split it.'],
  pdf_too_slow: [422, 'Reading the PDF takes more time or memory than it may. Print it anew, or type it in.'],
  remittance_html_too_deep: [422, 'The mail has tables inside tables without end. Enter it by hand.'],
  remittance_too_many_rows: [422, 'The file has too many rows for one remittance. Split it.'],
  remittance_cell_too_long: [422, 'A cell of the file is too long for a remittance. Shorten it.'],
  remittance_headings_missing: [
    422,
    'No row names a column for the document and one for the amount. Add headings such as Invoice and Amount paid.',
  ],
  remittance_heading_twice: [422, 'Two columns have the same meaning. Rename the one that does not count.'],
  remittance_decimal_unclear: [
    422,
    'It cannot be told whether the point or the comma marks the decimals. Say it when handing the file in.',
  ],
  remittance_cell_not_readable: [422, 'A cell cannot be read. Mend it, or enter the remittance by hand.'],
  remittance_lines_interrupted: [
    422,
    'A line with an amount has no document, or stands after the end of the table. Put the lines together.',
  ],
  ...TABLE_FILE,
};
