/** The style sheet of the HTML report: one column, light and dark, narrow screens, print. */

export const style: string = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--text:#1a1f2b;--soft:#596275;--line:#dfe3ea;--accent:#2357c5;--mark:#2f6fde;
--c1:#7a869c;--c2:#2f8f5b;--c3:#2f6fde;--c4:#c77a0a;--c5:#c9362c;--c6:#7d4bc2;--c0:#7a869c;
--critical:#a3123a;--high:#b3261e;--medium:#8a5300;--low:#1f5fbf;--info:#535c6e;--hover:#eef2f9}
@media (prefers-color-scheme:dark){:root{--bg:#11141a;--card:#191d26;--text:#e6e9f0;--soft:#9aa4b8;--line:#2c3340;--accent:#8ab4ff;--mark:#5b93f5;
--c1:#8c98ae;--c2:#4cb97d;--c3:#5b93f5;--c4:#e0a03a;--c5:#ee6a5f;--c6:#b08ae6;--c0:#8c98ae;
--critical:#ff7a9c;--high:#ff8a80;--medium:#f2b759;--low:#8ab4ff;--info:#a7b0c2;--hover:#222836}}
*{box-sizing:border-box}
html{scroll-padding-top:3.5rem}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
a{color:var(--accent)}
a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--mark);outline-offset:2px}
code,.mono{font-family:ui-monospace,SFMono-Regular,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem;z-index:9}
header,main,footer{max-width:1180px;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.75rem}
h1{font-size:1.65rem;line-height:1.2;margin:0 0 .35rem}
h2{font-size:1.15rem;margin:0 0 .75rem}
h3{font-size:1rem;margin:0 0 .25rem}
.scroll+h3{margin-top:1.1rem}
p{margin:.35rem 0}
.soft{color:var(--soft)}
.small{font-size:.88rem}
.path{overflow-wrap:anywhere}
nav{position:sticky;top:0;z-index:5;background:var(--bg);border-bottom:1px solid var(--line);margin-top:1rem}
nav ul{max-width:1180px;margin:0 auto;padding:.55rem 1.25rem;display:flex;gap:1.1rem;overflow-x:auto;list-style:none;white-space:nowrap}
nav a{text-decoration:none}nav a:hover{text-decoration:underline}
main{padding-top:1.25rem;padding-bottom:1rem}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.25rem;margin-bottom:1.1rem;min-width:0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 1.1rem}
.pair>section{display:flow-root}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(148px,1fr));gap:.75rem;margin:1rem 0 1.1rem;padding:0;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.7rem .9rem}
.tiles b{display:block;font-size:1.45rem;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums}
.tiles span{color:var(--soft);font-size:.86rem}
.badge{display:inline-block;border:1px solid currentColor;border-radius:999px;padding:.02rem .55rem;font-size:.8rem;font-weight:600;white-space:nowrap}
.critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}.info{color:var(--info)}
.verdict{display:flex;flex-wrap:wrap;gap:.4rem;margin:.6rem 0 0;padding:0;list-style:none}
.rule{border-top:1px solid var(--line);padding:.9rem 0 .5rem}.rule:first-of-type{border-top:0;padding-top:0}
details.rule>summary{list-style-position:inside}details.rule>summary h3{display:inline-flex}.rule h3{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.advice{border-left:3px solid var(--mark);padding:.1rem 0 .1rem .7rem;margin:.5rem 0}
ul.advice{padding-left:1.6rem}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.92rem}
caption{text-align:left;color:var(--soft);font-size:.88rem;padding-bottom:.3rem}
th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:600;white-space:nowrap}
th.n,td.n{text-align:right;white-space:nowrap;padding-right:1.1rem}
td.k{white-space:nowrap}
td details{margin:0}
tbody tr:hover{background:var(--hover)}
tr:target,tr:target:hover,details:target>summary{background:color-mix(in srgb,var(--mark) 22%,transparent)}
td.t{max-width:26rem;overflow-wrap:anywhere}
td.bar{width:30%;min-width:5rem;padding-top:.55rem}
.bar svg{display:block;width:100%;height:.7rem}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;white-space:nowrap}
th button::after{content:"\\2195";opacity:.22;padding-left:.25rem}
th[aria-sort=ascending] button::after{content:"\\2191";opacity:1}
th[aria-sort=descending] button::after{content:"\\2193";opacity:1}
.tools{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center;margin-bottom:.5rem;font-size:.9rem;color:var(--soft)}
input[type=search]{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:7px;padding:.25rem .55rem;min-width:12rem;max-width:100%}
button.tool{font:inherit;font-size:.88rem;color:var(--text);background:var(--bg);border:1px solid var(--line);border-radius:7px;padding:.2rem .6rem;cursor:pointer}
button.tool:hover{border-color:var(--mark)}
.chart svg{display:block;width:100%;height:130px;background:linear-gradient(var(--line) 1px,transparent 1px) 0 0/100% 50%;border-bottom:1px solid var(--soft);touch-action:pan-y}
.chart.low-chart svg{height:70px}
.zoomable svg{cursor:crosshair}
.chart .head{display:flex;justify-content:space-between;gap:1rem;font-size:.86rem;color:var(--soft);margin:.6rem 0 .2rem}
.axis{display:flex;justify-content:space-between;font-size:.8rem;color:var(--soft);margin-top:.2rem;gap:.5rem}
.key{display:inline-block;width:.7rem;height:.7rem;border-radius:2px;margin:0 .3rem 0 .6rem;vertical-align:-1px}
.f0{fill:var(--c0);background:var(--c0)}.f1{fill:var(--c1);background:var(--c1)}.f2{fill:var(--c2);background:var(--c2)}.f3{fill:var(--c3);background:var(--c3)}
.f4{fill:var(--c4);background:var(--c4)}.f5{fill:var(--c5);background:var(--c5)}.f6{fill:var(--c6);background:var(--c6)}
svg .f0,svg .f1,svg .f2,svg .f3,svg .f4,svg .f5,svg .f6{background:none}
.sel{fill:var(--mark);opacity:.25}
.stack{display:block;width:100%;height:1.4rem;border-radius:4px;margin:.2rem 0 .9rem}
.heat td,.heat thead th{text-align:center;padding:.22rem .35rem;border:1px solid var(--card);font-size:.84rem}
.heat tbody th{text-align:left;border-bottom-color:var(--card);padding-right:.8rem;position:sticky;left:0;background:var(--card)}
.heat td.z{color:transparent}
.h0{--h:var(--c0)}.h1{--h:var(--c1)}.h2{--h:var(--c2)}.h3{--h:var(--c3)}.h4{--h:var(--c4)}.h5{--h:var(--c5)}.h6{--h:var(--c6)}
.l1{background:color-mix(in srgb,var(--h) 12%,transparent)}.l2{background:color-mix(in srgb,var(--h) 22%,transparent)}
.l3{background:color-mix(in srgb,var(--h) 32%,transparent)}.l4{background:color-mix(in srgb,var(--h) 42%,transparent)}.l5{background:color-mix(in srgb,var(--h) 54%,transparent)}
details{margin:.3rem 0}summary{cursor:pointer}
details.session{border-top:1px solid var(--line);padding:.35rem 0;margin:0}
details.session table{margin:.4rem 0 .8rem;font-size:.86rem}
tr.bad .code{color:var(--c5);font-weight:650}
.places{margin:.2rem 0;padding-left:1.1rem}
footer{color:var(--soft);font-size:.86rem;padding-bottom:2.5rem}
[hidden]{display:none!important}
@media (max-width:760px){header,main,footer{padding-left:.8rem;padding-right:.8rem}nav ul{padding-left:.8rem}.pair{grid-template-columns:1fr}section{padding:.9rem .8rem;border-radius:8px}
.tiles{grid-template-columns:1fr 1fr}h1{font-size:1.35rem}td.t{max-width:15rem}.axis span:nth-child(even){display:none}}
@media print{nav,.tools{display:none}body{background:#fff}section{break-inside:avoid;border:0;padding:0}}
@media (forced-colors:active){.f2,.f3{fill:CanvasText}.f5{fill:Mark}}
`;
