/**
 * The words that stand before each line of FileZilla's message log, in all its translations (locales of the program's
 * source, 3.2x to 3.6x). They are data: which sort a line is of depends on them alone.
 */

import { lazy } from '../../../lazy.ts';

/** What a line of the message log is. */
export type LabelSort = 'status' | 'error' | 'command' | 'response' | 'trace' | 'listing';

type Row = readonly [
  language: string,
  status: string,
  error: string,
  command: string,
  response: string,
  trace: string,
  listing: string,
];

// biome-ignore format: one row, one line
const rows: readonly Row[] = [
  ['en', 'Status:', 'Error:', 'Command:', 'Response:', 'Trace:', 'Listing:'],
  ['de', 'Status:', 'Fehler:', 'Befehl:', 'Antwort:', 'Trace:', 'Auflistung:'],
  ['fr', 'Statut :', 'Erreur :', 'Commande :', 'Réponse :', 'Suivi :', 'Contenu :'],
  ['es', 'Estado:', 'Error:', 'Comando:', 'Respuesta:', 'Traza:', 'Listado:'],
  ['it', 'Stato:', 'Errore:', 'Comando:', 'Risposta:', 'Trace:', 'Elenco:'],
  ['pt_BR', 'Estado:', 'Erro:', 'Comando:', 'Resposta:', 'Traçar:', 'Listando:'],
  ['pt_PT', 'Estado:', 'Erro:', 'Comando:', 'Resposta:', 'Traçar:', 'A listar:'],
  ['nl', 'Status:', 'Fout:', 'Opdracht:', 'Antwoord:', 'Opsporen:', 'Lijst:'],
  ['pl', 'Status:', 'Błąd:', 'Polecenie:', 'Odpowiedź', 'Dojście:', 'Lista:'],
  ['ru', 'Статус:', 'Ошибка:', 'Команда:', 'Ответ:', 'Трассировка:', 'Список:'],
  ['uk', 'Статус:', 'Помилка:', 'Команда:', 'Відповідь:', 'Відстежити:', 'Список:'],
  ['bg', 'Състояние:', 'Грешка:', 'Команда:', 'Отговор:', 'Трасиране:', 'Списък:'],
  ['cs', 'Stav:', 'Chyba:', 'Příkaz:', 'Odpověď:', 'Trasování:', 'Výpis:'],
  ['sk', 'Stav:', 'Chyba:', 'Príkaz:', 'Odpoveď:', 'Trasovanie:', 'Výpis:'],
  ['hu', 'Állapot:', 'Hiba:', 'Parancs:', 'Válasz:', 'Részlet:', 'Listázás:'],
  ['ro', 'Stare:', 'Eroare:', 'Comandă:', 'Răspuns:', 'Urmărește:', 'Listă:'],
  ['da', 'Status:', 'Fejl:', 'Kommando:', 'Svar:', 'Spor:', 'Liste:'],
  ['nb', 'Status:', 'Feil:', 'Kommando:', 'Respons:', 'Sporing:', 'Liste:'],
  ['nn', 'Status:', 'Feil:', 'Kommando:', 'Svar:', 'Sporing:', 'Listar:'],
  ['sv', 'Status:', 'Fel:', 'Kommando:', 'Svar:', 'Spårning:', 'Listning:'],
  ['fi', 'Tila:', 'Virhe:', 'Komento:', 'Vastaus:', 'Jäljitä:', 'Listaus:'],
  ['et', 'Staatus:', 'Viga:', 'Käsk:', 'Vastus:', 'Täitmine:', 'Loetelu:'],
  ['lv', 'Status:', 'Kļūda:', 'Komanda:', 'Atbilde:', 'Izsekot', 'Saraksts:'],
  ['lt', 'Būsena:', 'Klaida:', 'Komanda:', 'Atsakymas:', 'Pėdsakas:', 'Sąrašas:'],
  ['tr', 'Durum:', 'Hata:', 'Komut:', 'Yanıt:', 'Yol İzlensin:', 'Sıralama:'],
  ['az', 'Statu:', 'Xəta:', 'Komanda:', 'Cavab:', 'İz:', 'Sıralama:'],
  ['el', 'Κατάσταση:', 'Σφάλμα:', 'Εντολή:', 'Απάντηση:', 'Εντοπισμός:', 'Λίστα:'],
  ['sl', 'Stanje:', 'Napaka:', 'Ukaz:', 'Odgovor:', 'Sledi:', 'Seznam:'],
  ['sr', 'Стање:', 'Грешка:', 'Наредба:', 'Одговор:', 'Траг:', 'Попис:'],
  ['mk', 'Статус:', 'Грешка:', 'Команда:', 'Одговор:', 'Следи:', 'Листање:'],
  ['ca', 'Estat:', 'Error:', 'Ordre:', 'Resposta:', 'Traça:', 'Llistant:'],
  ['ca_valencia', 'Estat:', 'Error:', 'Orde:', 'Resposta:', 'Traça:', 'Llistant:'],
  ['eu', 'Egoera:', 'Errorea:', 'Komandoa:', 'Erantzuna:', 'Jarraitu aztarnari:', 'Zerrenda:'],
  ['gl', 'Estado:', 'Erro:', 'Orde:', 'Resposta:', 'Seguimento:', 'Lista:'],
  ['an', 'Estau:', 'Error:', 'Comando:', 'Respuesta:', 'Traza:', 'Listau:'],
  ['co', 'Statu :', 'Errore :', 'Cummanda :', 'Risposta :', 'Traccia :', 'Cuntenutu :'],
  ['id', 'Status:', 'Kesalahan:', 'Perintah:', 'Respon:', 'Jejak:', 'Daftar:'],
  ['vi', 'Tình trạng:', 'Lỗi:', 'Lệnh:', 'Trả về:', 'Dấu vết:', 'Danh sách:'],
  ['is', 'Staða:', 'Villa:', 'Skipun:', 'Svar:', 'Rakning:', 'Listun:'],
  ['cy', 'Statws:', 'Gwall:', 'Gorchymyn:', 'Ymateb:', 'Olrhain:', 'Rhestr:'],
  ['ja', '状態:', 'エラー:', 'コマンド:', 'レスポンス:', 'トレース:', 'リスト:'],
  ['ko', '상태:', '오류:', '명령:', '응답:', '추적:', '목록:'],
  ['zh_CN', '状态:', '错误:', '命令:', '响应:', '追踪:', '列表:'],
  ['zh_TW', '狀態:', '錯誤:', '指令:', '回應:', '歷程:', '列表:'],
  ['ar', 'الحالة:', 'الخطأ:', 'الأمر:', 'الإستجابة:', 'الأثر:', 'القائمة:'],
  ['he', 'מצב:', 'שגיאה:', 'פקודה:', 'תגובה:', 'מעקב:', 'הצגה:'],
  ['fa', 'وضعيت:', 'خطا :', 'فرمان:', 'پاسخ:', 'ردیابی:', ''],
  ['th', 'สถานะ:', 'ข้อผิดพลาด:', 'คำสั่ง:', 'การตอบสนอง:', 'ติดตาม:', 'รายการ:'],
  ['ka', 'სტატუსი:', 'შეცდომა:', 'ბრძანება:', 'პასუხი:', 'კვალი:', ''],
  ['hy', 'Գործողությունը.', 'Սխալ.', 'Հրամանը.', 'Պատասխանը.', 'Ուղեգծում.', 'Ցանկը.'],
  ['ne', 'वस्तुस्थिति:', 'त्रुटि:', 'आदेश:', 'प्रतिक्रिया:', 'पदचिन्ह:', 'सूची:'],
  ['lo', 'ສະຖານະ:', '', 'ຄຳສັ່ງ:', 'ການຕອບສະໜອງ:', '', ''],
  ['ky', 'Абал:', 'Ката:', 'Команда:', 'Жооп:', '', ''],
  ['ku', 'Rewş:', 'Çewtî:', 'Ferman:', 'Bersîv:', '', ''],
  ['kab', 'Aẓayer :', 'Anezri :', 'Anezḍay :', 'Tiririt :', '', ''],
];

const sorts: readonly LabelSort[] = ['status', 'error', 'command', 'response', 'trace', 'listing'];

/** Every label and its sort, the longer ones first. */
export const fileZillaLabels: () => readonly (readonly [label: string, sort: LabelSort])[] = lazy(distinct);

function distinct(): readonly (readonly [string, LabelSort])[] {
  const found = new Map<string, LabelSort>();
  for (const [, ...labels] of rows) {
    labels.forEach((label, i) => {
      const sort = sorts[i];
      if (label !== '' && sort !== undefined) found.set(label, sort);
    });
  }
  return [...found].sort(([a], [b]) => b.length - a.length);
}
