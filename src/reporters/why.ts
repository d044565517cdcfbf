/** `why`: only why something failed, in a screen, for whoever was called at night. */
import type { Report } from '../report.ts';
import { whySection } from './diagnosis-text.ts';
import { penOf } from './pen.ts';
import type { ReportContext, Reporter } from './reporter.ts';

function* render(report: Report, { color, width }: ReportContext): Iterable<string> {
  if (report.diagnoses.length > 0) {
    yield* whySection(report, width, penOf(color));
    return;
  }
  yield 'Nothing here tells why something failed.\n';
  yield 'ftplog FILE shows what there is: failures, sessions, anomalies.\n';
}

export const why: Reporter = {
  open: (context: ReportContext) => ({ end: (report: Report): Iterable<string> => render(report, context) }),
};
