// The record's text from its fields, as guanjian/loops/fieldwork/wording.py makes it; here for work without a network.
export function textOf(fields, words) {
  const checked = fields.containers.map((row) => `${row.container_id}（${words.seal[row.seal]}）`);
  const resealed = fields.containers.filter((row) => row.new_seal).map((row) => `${row.container_id}重封号${row.new_seal}`);
  const packing = fields.packing === "99" && fields.packing_other ? fields.packing_other : words.packing[fields.packing];
  const papers = fields.papers.map((row) => `${row.paper}${row.count}份`).join("、");
  const differing = fields.goods.filter((row) => row.agreement === "other");
  const parts = [
    "核对" + (checked.length ? `${checked.join("、")}箱（厢）体` : "车体、货物外形"),
    `货物为${packing}包装，实施${words.manner[fields.manner]}`,
    `查验现场提交单据：${papers}`,
    ...(resealed.length ? [`集装箱${resealed.join("、")}`] : []),
    ...fields.requirements.map((row) => `${row.requirement}：${words.met[row.met]}`),
    ...differing.map((row) => `第${row.g_no}项商品${words.element[row.element]}实际为${row.real}与申报${row.declared}不符`),
    `查验结果${words.result[fields.exam_result]}，处理意见：${words.disposal[fields.disposal]}`,
  ];
  return `按照查验指令实施查验：${parts.map((part, n) => `${n + 1}、${part}`).join("；")}。`;
}
