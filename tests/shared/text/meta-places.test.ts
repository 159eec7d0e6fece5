import { expect, it } from 'vitest'
import { NO_MARKUP } from '../../../shared/domain/markup'
import { metaOf } from '../../../shared/text/meta'
import { structureOf } from '../../../shared/text/structure'

// Openings and endings of invented reports of real places, in the forms in which they are published.

interface Want {
  readonly place?: string | null
  readonly origin?: 'read' | 'inferred' | 'ask'
  readonly code?: string | null
  readonly level?: string
  readonly province?: string
  readonly parent?: string | null
  readonly year?: number | null
  readonly date?: string | null
  readonly issuers?: string
}

/** What stands between opening and ending: it speaks of its place as 我县, 全市 and so on. */
function body(unit: string): string {
  const last = unit.slice(-1)
  return `一、主要工作情况
（一）加强组织领导。${unit}坚持党对法治政府建设的领导，全年召开专题会议4次，推动全${last}各部门依法履职。
（二）规范行政执法。全${last}办理行政复议案件36件，开展案卷评查120份。
二、存在的问题
我${last}法治政府建设还存在执法力量薄弱等不足。
三、下一步工作打算
我${last}将持续推进依法行政。`
}

function report(name: string, lines: readonly string[], want: Want) {
  return { name, text: lines.join('\n'), want }
}

const REPORTS = [
  report(
    'province',
    [
      '青海省2023年法治政府建设年度报告',
      '2023年，青海省坚持以习近平新时代中国特色社会主义思想为指导，扎实推进法治政府建设。现将有关情况报告如下：',
      body('全省'),
    ],
    { place: '青海省', code: '630000', level: '省', year: 2023, date: null },
  ),
  report(
    'region title',
    [
      '新疆维吾尔自治区人民政府关于2017年法治政府建设工作的报告',
      '来源：自治区人民政府法制办 发布日期：2018-04-03 16:13 浏览次数： 字体：【大 中 小】',
      '在党中央的坚强领导下，自治区认真落实各项任务。现将2017年自治区法治政府建设情况报告如下：',
      body('全区'),
    ],
    {
      place: '新疆维吾尔自治区',
      code: '650000',
      level: '自治区',
      year: 2017,
      date: '2018-04-03',
      issuers: '新疆维吾尔自治区人民政府',
    },
  ),
  report(
    'municipality',
    [
      '重庆市2022年法治政府建设情况报告',
      '2022年，重庆市深入学习贯彻习近平法治思想。现将有关情况报告如下。',
      body('全市'),
      '重庆市人民政府',
      '2023年3月30日',
    ],
    {
      place: '重庆市',
      code: '500000',
      level: '市(直辖)',
      year: 2022,
      date: '2023-03-30',
      parent: null,
    },
  ),
  report(
    'municipal district with page clock',
    [
      '天津市静海区人民政府 2019年12月3日星期二',
      '无障碍 简体| 繁体',
      '静海区2023年度法治政府建设情况报告',
      '来源:静海区人民政府办公室 发布时间:2024-03-28 09:18',
      '静海区2023年度法治政府建设情况报告',
      ' 2023年,静海区坚持以习近平新时代中国特色社会主义思想为指导,认真学习党的二十大精神,为静海区推进高质量发展提供坚强法治保障。',
      body('全区'),
    ],
    {
      place: '静海区',
      code: '120118',
      level: '区(市辖区)',
      parent: '天津市',
      province: '天津市',
      year: 2023,
      date: '2024-03-28',
    },
  ),
  report(
    'two-line title',
    [
      '赵县人民政府',
      '2022年度法治政府建设情况报告',
      '2022年,县政府深入贯彻党的二十大精神,全面落实《法治政府建设实施纲要(2021-2025年)》和省、市部署要求。一年以来,全县上下持之以恒锻长板。',
      body('全县'),
    ],
    { place: '赵县', code: '130133', level: '县', parent: '石家庄市', year: 2022, date: null },
  ),
  report(
    'two-character county in a sentence',
    [
      '2023年，涉县坚持依法行政，法治政府建设取得新进展。现将有关情况报告如下。',
      body('我县'),
      '涉县人民政府',
      '2024年1月8日',
    ],
    { place: '涉县', code: '130426', year: 2023, date: '2024-01-08' },
  ),
  report(
    'county in a chain',
    [
      '湖南省长沙市宁乡市人民政府关于2021年度法治政府建设情况的报告',
      '市委、市政府：',
      '2021年，我市坚持依法治市。',
      body('我市'),
      '宁乡市人民政府',
      '2022年2月25日',
    ],
    {
      place: '宁乡市',
      code: '430182',
      level: '市(县级)',
      parent: '长沙市',
      year: 2021,
      date: '2022-02-25',
    },
  ),
  report(
    'addressee above',
    [
      '关于2022年度法治政府建设情况的报告',
      '邯郸市人民政府：',
      '2022年，在邯郸市委、市政府的正确领导下，我县全面推进依法行政。现将有关情况报告如下：',
      body('我县'),
      '馆陶县人民政府',
      '2023年1月12日',
    ],
    { place: '馆陶县', code: '130433', parent: '邯郸市', year: 2022, date: '2023-01-12' },
  ),
  report(
    'ambiguous district decided by city',
    [
      '朝阳区2023年法治政府建设情况报告',
      '2023年，朝阳区在市委、市政府领导下推进法治建设。落实《长春市行政执法条例》，配合吉林省开展督察。',
      body('全区'),
    ],
    { place: '朝阳区', code: '220104', parent: '长春市', province: '吉林省', year: 2023 },
  ),
  report(
    'ambiguous district left open',
    [
      '朝阳区2023年法治政府建设情况报告',
      '2023年，朝阳区推进法治建设。现将有关情况报告如下。',
      body('全区'),
    ],
    { place: '朝阳区', code: null, origin: 'ask', year: 2023 },
  ),
  report(
    'ambiguous chain',
    [
      '2022年，石家庄市长安区深入推进法治政府建设。现将有关情况报告如下。',
      body('我区'),
      '长安区人民政府',
      '2023年2月1日',
    ],
    { place: '长安区', code: '130102', parent: '石家庄市', year: 2022 },
  ),
  report(
    'xian chang-an',
    [
      '西安市长安区人民政府2023年法治政府建设年度报告',
      '2023年，长安区人民政府认真落实工作部署。',
      body('我区'),
    ],
    { place: '长安区', code: '610116', parent: '西安市' },
  ),
  report(
    'qiaoxi',
    [
      '桥西区2021年法治政府建设工作总结',
      '一年来，桥西区认真落实省市部署，河北省司法厅、张家口市司法局多次指导。',
      body('我区'),
      '张家口市桥西区人民政府',
      '2021年12月28日',
    ],
    { place: '桥西区', code: '130703', parent: '张家口市', year: 2021, date: '2021-12-28' },
  ),
  report(
    'city district with common name',
    ['乐山市市中区2023年度法治政府建设工作报告', '2023年，市中区坚持依法行政。', body('我区')],
    { place: '市中区', code: '511102', parent: '乐山市' },
  ),
  report(
    'mine',
    [
      '阳泉市矿区人民政府关于2022年法治政府建设情况的报告',
      '2022年，矿区深入推进法治政府建设，加强矿区环境治理。',
      body('我区'),
    ],
    { place: '矿区', code: '140303', parent: '阳泉市' },
  ),
  report(
    'old town word is no place',
    [
      '濮阳县2022年法治政府建设情况报告',
      '2022年，濮阳县在老城区、新城区建设法治公园，主城区治理有序。',
      body('我县'),
    ],
    { place: '濮阳县', code: '410928' },
  ),
  report(
    'old town district',
    ['洛阳市老城区2022年法治政府建设情况报告', '2022年，老城区坚持依法行政。', body('我区')],
    { place: '老城区', code: '410302', parent: '洛阳市' },
  ),
  report(
    'county named like city',
    [
      '吉安县2022年度法治政府建设情况报告',
      '2022年，在吉安市委、市政府的领导下，吉安县推进依法行政。',
      body('我县'),
      '吉安县人民政府',
      '2023年1月30日',
    ],
    { place: '吉安县', code: '360821', parent: '吉安市' },
  ),
  report(
    'city named like county',
    [
      '通化市人民政府2022年度法治政府建设情况报告',
      '2022年，全市各级政府依法行政，通化县、柳河县获评示范县。',
      body('我市'),
    ],
    { place: '通化市', code: '220500' },
  ),
  report(
    'eastern',
    [
      '海南省东方市2023年法治政府建设年度报告',
      '2023年，东方市深入贯彻习近平法治思想。',
      body('我市'),
    ],
    { place: '东方市', code: '469007', parent: '海南省', province: '海南省' },
  ),
  report(
    'prefecture',
    [
      '恩施土家族苗族自治州2022年法治政府建设情况报告',
      '2022年，恩施州坚持依法治州。',
      body('全州'),
    ],
    { place: '恩施土家族苗族自治州', code: '422800', level: '自治州' },
  ),
  report(
    'short prefecture',
    [
      '恩施州2022年法治政府建设情况报告',
      '2022年，恩施州坚持依法治州，我州法治政府建设取得成效。',
      body('全州'),
      '恩施州人民政府',
      '2023年3月1日',
    ],
    { place: '恩施土家族苗族自治州', code: '422800', level: '自治州', year: 2022 },
  ),
  report(
    'league',
    [
      '兴安盟行政公署2023年法治政府建设情况报告',
      '2023年，兴安盟行政公署坚持依法行政，全盟法治建设取得新进展。',
      body('全盟'),
    ],
    { place: '兴安盟', code: '152200', level: '盟' },
  ),
  report(
    'region prefecture 地区',
    [
      '阿克苏地区行政公署关于2021年法治政府建设情况的报告',
      '2021年，阿克苏地区落实自治区部署。',
      body('地区'),
    ],
    { place: '阿克苏地区', code: '652900', level: '地区', year: 2021 },
  ),
  report(
    'banner',
    [
      '正蓝旗2022年法治政府建设工作情况报告',
      '2022年，正蓝旗紧紧围绕法治政府建设目标。',
      body('全旗'),
      '正蓝旗人民政府',
      '二〇二三年一月十日',
    ],
    { place: '正蓝旗', code: '152530', level: '旗', parent: '锡林郭勒盟', date: '2023-01-10' },
  ),
  report(
    'autonomous banner',
    [
      '莫力达瓦达斡尔族自治旗人民政府2022年法治政府建设工作报告',
      '2022年，莫旗推进依法行政。',
      body('全旗'),
    ],
    { place: '莫力达瓦达斡尔族自治旗', code: '150722', level: '自治旗' },
  ),
  report(
    'autonomous county',
    [
      '2023年大厂回族自治县法治政府建设年度报告',
      '2023年，大厂回族自治县坚持依法行政。',
      body('全县'),
    ],
    { place: '大厂回族自治县', code: '131028', level: '自治县', parent: '廊坊市' },
  ),
  report(
    'special zone in list',
    ['六枝特区2022年法治政府建设情况报告', '2022年，六枝特区坚持依法行政。', body('全区')],
    { place: '六枝特区', code: '520203', level: '特区' },
  ),
  report(
    'province-run city',
    ['仙桃市2022年度法治政府建设情况报告', '2022年，仙桃市坚持依法行政。', body('全市')],
    { place: '仙桃市', code: '429004', level: '市(县级)', parent: '湖北省' },
  ),
  report(
    'corps city',
    ['石河子市2021年法治政府建设情况报告', '2021年，石河子市依法行政。', body('全市')],
    { place: '石河子市', code: '659001' },
  ),
  report(
    'department',
    [
      '潼关县司法局2022年法治政府建设工作报告',
      '2022年，潼关县司法局认真贯彻落实县委、县政府部署。现将有关情况报告如下：',
      body('全县'),
      '潼关县司法局',
      '2022年12月30日',
    ],
    { place: '潼关县', code: '610522', issuers: '潼关县司法局', year: 2022, date: '2022-12-30' },
  ),
  report(
    'provincial department',
    [
      '湖北省市场监督管理局2021年度法治政府建设情况报告',
      '2021年，省市场监管局坚持依法行政。',
      '一、主要工作\n推进襄阳市、宜昌市试点。',
      '湖北省市场监督管理局',
      '2022年1月20日',
    ],
    { place: '湖北省', code: '420000', issuers: '湖北省市场监督管理局' },
  ),
  report(
    'town',
    [
      '文登区大水泊镇2023年法治政府建设情况报告',
      '2023年，大水泊镇坚持依法行政。现将有关情况报告如下。',
      '一、主要做法\n全镇各村普法。',
      '文登区大水泊镇人民政府',
      '2024年1月15日',
    ],
    {
      place: '大水泊镇',
      code: null,
      level: '镇',
      parent: '文登区',
      province: '山东省',
      date: '2024-01-15',
    },
  ),
  report(
    'town alone',
    [
      '古城街道2025年法治政府建设年度报告',
      '2025年，古城街道在市委、市政府的正确领导下推进法治建设。现将具体情况报告如下。',
      '一、主要举措\n街道党工委、办事处始终坚持法治建设。《临海市古城街道工作制度》修订完成。',
    ],
    { place: '古城街道', level: '街道', parent: '临海市', year: 2025 },
  ),
  report(
    'street without title',
    [
      '为贯彻落实《法治政府建设与责任落实督察工作规定》，民众街道党工委、办事处坚持推动法治政府建设提质增效。现将具体情况报告如下：',
      '一、深入学习\n民众街道坚持以习近平法治思想为引领，中山市司法局予以指导。落实市2021年依法治市工作要点。',
    ],
    { place: '民众街道', level: '街道' },
  ),
  report(
    'new area',
    [
      '雄安新区2022年法治政府建设情况报告',
      '2022年，雄安新区坚持世界眼光，河北省委、省政府高度重视。',
      body('新区'),
      '河北雄安新区管理委员会',
      '2023年3月20日',
    ],
    { place: '雄安新区', code: null, level: '开发区', province: '河北省' },
  ),
  report(
    'high-tech zone',
    [
      '石家庄高新技术产业开发区管委会2022年法治政府建设情况报告',
      '2022年，高新区坚持依法行政。',
      body('全区'),
    ],
    { place: '石家庄高新技术产业开发区', code: null, level: '开发区', parent: '石家庄市' },
  ),
  report(
    'listed new area',
    [
      '浦东新区人民政府2023年法治政府建设情况报告',
      '2023年，浦东新区坚持改革与法治并进。',
      body('全区'),
    ],
    { place: '浦东新区', code: '310115', level: '区(市辖区)', parent: '上海市' },
  ),
  report(
    'national',
    [
      '司法部2022年法治政府建设年度报告',
      '2022年，司法部坚持以习近平新时代中国特色社会主义思想为指导。指导北京市、上海市开展试点。',
      '一、主要工作\n推进改革。',
    ],
    { place: null, code: null, level: '国家', year: 2022 },
  ),
  report(
    'national policy',
    [
      '国务院关于加强法治政府建设的意见',
      '国发〔2010〕33号',
      '各省、自治区、直辖市人民政府，国务院各部委、各直属机构：',
      '2004年3月，国务院发布《全面推进依法行政实施纲要》。',
      '一、总体要求',
      '国务院',
      '二○一○年十月十日',
    ],
    { place: null, year: null, date: '2010-10-10', issuers: '国务院' },
  ),
  report(
    'former county',
    [
      '徐水县人民政府关于2013年度依法行政工作情况的报告',
      '2013年，徐水县全面推进依法行政。',
      body('我县'),
      '徐水县人民政府',
      '2014年2月10日',
    ],
    { place: '徐水县', code: '130609', level: '县', parent: '保定市', year: 2013 },
  ),
  report(
    'merged district',
    ['杭州市江干区2018年法治政府建设情况报告', '2018年，江干区依法行政。', body('我区')],
    { place: '江干区', code: null, level: '区(市辖区)', parent: '杭州市', province: '浙江省' },
  ),
  report(
    'two issuers in title',
    [
      '中共永嘉县委 永嘉县人民政府关于2022年度法治政府建设情况的报告',
      '2022年，永嘉县坚持依法治县。',
      body('我县'),
    ],
    { place: '永嘉县', code: '330324', issuers: '中共永嘉县委; 永嘉县人民政府' },
  ),
  report(
    'short name title',
    ['固安2023年法治政府建设年度报告', '2023年，固安坚持以法治为引领。', body('我县')],
    { place: '固安县', code: '131022' },
  ),
  report(
    'signature with spaces',
    [
      '2021年，我县深入推进依法行政。现将有关情况报告如下：',
      body('我县'),
      '　　　　　　　　　　平山县　人民政府',
      '　　　　　　　　　　２０２２年１月６日　　',
    ],
    { place: '平山县', code: '130131', year: 2021, date: '2022-01-06', issuers: '平山县人民政府' },
  ),
  report(
    'signature on one line',
    [
      '2021年，我区深入推进依法行政。现将有关情况报告如下：',
      body('我区'),
      '宝坻区人民政府2022年2月14日',
    ],
    { place: '宝坻区', code: '120115', date: '2022-02-14' },
  ),
  report(
    'this year, early signature',
    ['今年以来，我县依法行政取得成效。', body('我县'), '天台县人民政府', '2024年2月2日'],
    { place: '天台县', year: 2023, date: '2024-02-02' },
  ),
  report(
    'this year, late signature',
    ['今年以来，我县依法行政取得成效。', body('我县'), '天台县人民政府', '2023年12月20日'],
    { place: '天台县', year: 2023, date: '2023-12-20' },
  ),
  report(
    'plan heading',
    [
      '我市认真贯彻落实《法治政府建设实施纲要（2021—2025年）》，法治政府建设取得进展。现将有关情况报告如下：',
      '一、主要工作\n我市依法行政。',
      '二、2024年工作打算\n我市将持续用力。',
      '韩城市人民政府',
    ],
    { place: '韩城市', code: '610581', year: 2023, date: null },
  ),
  report(
    'five years',
    ['鹤壁市2016—2020年法治政府建设情况报告', '五年来，鹤壁市依法行政。', body('我市')],
    { place: '鹤壁市', year: null },
  ),
  report(
    'visits',
    [
      '桐庐县2023年法治政府建设情况报告',
      '2023年，桐庐县坚持依法行政。',
      '一、主要工作\n赴上海市、南京市、宁波市、苏州市、绍兴市学习考察；与安吉县、德清县、长兴县开展执法协作；办理上海市某公司诉桐庐县人民政府案。',
    ],
    { place: '桐庐县', code: '330122' },
  ),
  report(
    'info table',
    [
      '索 引 号：',
      '6107280000/2024-001005',
      '发文机构：',
      '县政府办',
      '发文日期:',
      '',
      '    2024年04月06日 16:40',
      '镇巴县2023年法治政府建设情况报告',
      '2023年，镇巴县坚持依法行政。',
      body('我县'),
    ],
    { place: '镇巴县', code: '610728', date: '2024-04-06', year: 2023 },
  ),
  report(
    'clock and update',
    [
      '今天是:2019年10月31日 星期三 农历十月初四',
      '您所在的位置:政务公开 > 工作报告',
      '宝丰县2020年法治政府建设情况报告',
      '文章来源:司法局 更新时间:2021/03/29 11:30:01',
      '2020年，宝丰县坚持依法行政。',
      body('我县'),
    ],
    { place: '宝丰县', code: '410421', date: '2021-03-29', year: 2020 },
  ),
  report(
    'impossible date',
    ['2021年，我县依法行政。', body('我县'), '嵊泗县人民政府', '2022年2月30日'],
    { place: '嵊泗县', date: null, year: 2021 },
  ),
  report(
    'visited on',
    [
      '宝丰县2020年法治政府建设情况报告',
      '访问时间：2024-05-05',
      '2020年，宝丰县坚持依法行政。',
      body('我县'),
      '打印时间：2024-06-01',
    ],
    { place: '宝丰县', date: null },
  ),
  report(
    'annex after signature',
    [
      '巫溪县2022年法治政府建设情况报告',
      '2022年，巫溪县依法行政。',
      body('我县'),
      '附件：巫溪县2022年工作台账',
      '巫溪县人民政府',
      '2023年1月16日',
      '（此件公开发布）',
    ],
    {
      place: '巫溪县',
      code: '500238',
      parent: '重庆市',
      date: '2023-01-16',
      issuers: '巫溪县人民政府',
    },
  ),
  report(
    'date below title',
    [
      '福鼎市2022年度法治政府建设情况报告',
      '（2023年1月28日）',
      '2022年，福鼎市依法行政。',
      body('我市'),
    ],
    { place: '福鼎市', code: '350982', date: '2023-01-28' },
  ),
  report(
    'rules name the place',
    [
      '2022年，我区坚持依法行政，法治政府建设成效明显。现将有关情况报告如下。',
      '一、主要工作\n出台《秀洲区重大行政决策目录》《秀洲区行政规范性文件管理办法》，区委、区政府高度重视。我区开展培训。',
    ],
    { place: '秀洲区', code: '330411', origin: 'inferred', year: 2022 },
  ),
  report(
    'nothing named',
    [
      '2022年，我县坚持依法行政，法治政府建设成效明显。现将有关情况报告如下。',
      '一、主要工作\n我县开展培训。',
    ],
    { place: null, year: 2022 },
  ),
  report(
    'notice issuing',
    [
      '长兴县人民政府办公室关于印发长兴县2022年度法治政府建设情况报告的通知',
      '长政办发〔2023〕5号',
      '各乡镇人民政府，县政府各部门：',
      '现将《长兴县2022年度法治政府建设情况报告》印发给你们。',
      '长兴县人民政府办公室',
      '2023年3月2日',
    ],
    { place: '长兴县', year: 2022, date: '2023-03-02', issuers: '长兴县人民政府办公室' },
  ),
  report(
    'two-character inside words',
    [
      '磁县2022年法治政府建设情况报告',
      '2022年，磁县提高县级执法水平，建成县乡联动机制，公文县内流转。',
      body('我县'),
    ],
    { place: '磁县', code: '130427' },
  ),
  report(
    'guangxi county',
    [
      '马山县人民政府关于2022年度推进法治政府建设情况的报告',
      '南宁市人民政府：',
      '2022年，马山县落实自治区、南宁市部署。',
      body('我县'),
      '马山县人民政府',
      '2023年1月9日',
    ],
    { place: '马山县', code: '450124', parent: '南宁市', province: '广西壮族自治区' },
  ),
  report(
    'Tibet',
    ['当雄县2022年法治政府建设工作总结和2023年工作计划', '2022年，当雄县依法行政。', body('我县')],
    { place: '当雄县', code: '540122', year: 2022, parent: '拉萨市' },
  ),
  report(
    'committee',
    [
      '中共深州市委全面依法治市委员会办公室关于深州市2022年法治政府建设情况的报告',
      '2022年，我市坚持依法治市。',
      body('我市'),
    ],
    {
      place: '深州市',
      code: '131182',
      parent: '衡水市',
      issuers: '中共深州市委全面依法治市委员会办公室',
    },
  ),
  report(
    'site suffix',
    [
      '新野县2022年法治政府建设情况报告_新野县人民政府门户网站',
      '2022年，在省委、省政府和市委、市政府坚强领导下，新野县坚持依法行政。',
      body('我县'),
    ],
    { place: '新野县', code: '411329' },
  ),
  report(
    'superior first',
    [
      '2022年，在湖州市委、市政府的坚强领导下，德清县深入推进法治建设。现将有关情况报告如下。',
      body('我县'),
    ],
    { place: '德清县', code: '330521', parent: '湖州市', year: 2022 },
  ),
  report(
    'signed on two lines',
    [
      '2022年，我区坚持依法行政。',
      body('我区'),
      '中共江北区委',
      '江北区人民政府',
      '2023年1月19日',
      '（联系人：王某，电话：12345678）',
    ],
    { place: '江北区', origin: 'ask', issuers: '中共江北区委; 江北区人民政府', date: '2023-01-19' },
  ),
  report(
    'signed ambiguous, law decides',
    [
      '2022年，我区坚持依法行政，落实《重庆市行政执法监督条例》。',
      body('我区'),
      '江北区人民政府',
      '2023年1月19日',
    ],
    { place: '江北区', code: '500105', parent: '重庆市' },
  ),
  report(
    'ningbo',
    [
      '江北区2022年法治政府建设工作报告',
      '2022年，江北区深入贯彻落实法治宁波建设部署，宁波市委、市政府多次检查，浙江省司法厅予以肯定。',
      body('全区'),
    ],
    { place: '江北区', code: '330205' },
  ),
  report(
    'lost newlines',
    [
      '霍邱县2022年法治政府建设情况报告2022年，霍邱县坚持依法行政。一、主要工作（一）加强领导。我县召开会议4次。二、存在问题我县仍有不足。霍邱县人民政府2023年2月6日',
    ],
    { place: '霍邱县', code: '341522', year: 2022 },
  ),
  report(
    'hainan prefecture',
    [
      '海南州2022年法治政府建设情况报告',
      '2022年，海南州坚持依法治州，青海省委依法治省办督导。',
      body('我州'),
    ],
    { place: '海南藏族自治州', code: '632500', province: '青海省' },
  ),
  report(
    'henan mongol',
    ['河南蒙古族自治县2022年法治政府建设工作总结', '2022年，河南县坚持依法行政。', body('我县')],
    { place: '河南蒙古族自治县', code: '632324' },
  ),
  report(
    'title without place',
    [
      '2022年法治政府建设情况报告',
      '2022年，我县坚持依法行政。',
      body('我县'),
      '和县人民政府',
      '2023年2月3日',
    ],
    { place: '和县', code: '340523', year: 2022 },
  ),
  report(
    'aside only',
    [
      '当前位置：首页 > 嘉善县人民政府 > 政务公开',
      '法治政府建设年度报告（2022年）',
      '2022年，我县坚持依法行政。',
      body('我县'),
      '《嘉善县行政规范性文件管理办法》印发。县委、县政府高度重视。',
    ],
    { place: '嘉善县', year: 2022 },
  ),
  report(
    'new area guian',
    ['贵安新区管委会关于2021年法治政府建设情况的报告', '2021年，贵安新区深入推进。', body('新区')],
    { place: '贵安新区', code: null, province: '贵州省' },
  ),
  report(
    'economic zone in county',
    [
      '2023年，昆山经济技术开发区坚持依法行政，法治政府建设成效明显。现将有关情况报告如下。',
      '一、主要工作\n全区推进普法。',
      '昆山经济技术开发区管理委员会',
      '2024年1月5日',
    ],
    { place: '昆山经济技术开发区', code: null, parent: '昆山市', level: '开发区' },
  ),
  report(
    'prefecture department',
    [
      '三门峡市水利局2022年度法治政府建设工作总结',
      '一年来，市水利局在市委、市政府的正确领导下，依法治水。灵宝市、渑池县、卢氏县完成整改。',
      '一、主要工作\n全局干部学法。',
      '2022年12月20日',
    ],
    { place: '三门峡市', code: '411200', issuers: '三门峡市水利局', year: 2022 },
  ),
  report(
    'county-level city',
    [
      '江山市人民政府2021年法治政府建设年度报告',
      '2021年，我市深入推进法治政府建设，衢州市下达任务全部完成。',
      body('我市'),
    ],
    { place: '江山市', code: '330881', parent: '衢州市' },
  ),
  report(
    'street in title with district',
    [
      '成都市武侯区晋阳街道办事处2022年法治政府建设工作报告',
      '2022年，晋阳街道坚持依法行政。',
      '一、主要工作\n街道党工委抓落实。',
    ],
    { place: '晋阳街道', level: '街道', parent: '武侯区', province: '四川省' },
  ),
  report(
    'ethnic township',
    [
      '融水苗族自治县同练瑶族乡人民政府2022年法治政府建设情况报告',
      '2022年，同练瑶族乡坚持依法行政。',
      '一、主要工作\n全乡普法。',
    ],
    { place: '同练瑶族乡', level: '乡', parent: '融水苗族自治县' },
  ),
  report(
    'report to congress',
    [
      '关于2022年度法治政府建设情况的报告',
      '——2023年3月15日在东台市第十六届人民代表大会常务委员会第九次会议上',
      '东台市司法局局长 王某某',
      '主任、各位副主任、各位委员：',
      '受市政府委托，我向会议报告2022年度法治政府建设情况。',
      body('我市'),
    ],
    { place: '东台市', year: 2022 },
  ),
  report(
    'beijing chaoyang',
    [
      '北京市朝阳区2022年法治政府建设年度情况报告',
      '2022年，朝阳区全面贯彻市委、市政府部署。',
      body('全区'),
    ],
    { place: '朝阳区', code: '110105', parent: '北京市', province: '北京市' },
  ),
  report(
    'municipality dist no city',
    [
      '嘉定区2022年法治政府建设情况报告',
      '发布日期:2023-02-08',
      '2022年，嘉定区在市委、市政府的坚强领导下依法行政。',
      body('本区'),
    ],
    { place: '嘉定区', code: '310114', parent: '上海市', date: '2023-02-08' },
  ),
  report(
    'inner mongolia capital',
    [
      '呼和浩特市人民政府2022年法治政府建设情况报告',
      '2022年，呼和浩特市坚持依法行政。',
      body('全市'),
    ],
    { place: '呼和浩特市', level: '市(地级,首府)' },
  ),
  report(
    'law',
    [
      '中华人民共和国行政处罚法',
      '（1996年3月17日第八届全国人民代表大会第四次会议通过）',
      '第一章　总则',
      '第一条　为了规范行政处罚的设定和实施，制定本法。',
    ],
    { place: null, year: null },
  ),
  report(
    'provincial regulation',
    ['山东省行政程序规定', '第一章　总则', '第一条　为了规范行政行为，结合本省实际，制定本规定。'],
    { place: '山东省', year: null },
  ),
  report(
    'ministry notice',
    [
      '民政部关于同意河北省调整石家庄市部分行政区划的批复',
      '河北省人民政府：',
      '你省请示收悉。同意撤销栾城县，设立石家庄市栾城区。',
      '民政部',
      '2014年9月9日',
    ],
    { place: null, level: '国家', date: '2014-09-09' },
  ),
  report(
    'work report',
    [
      '2023年政府工作报告',
      '——2023年1月11日在河北省第十四届人民代表大会第一次会议上',
      '河北省人民政府省长 王某某',
      '各位代表：',
      '现在，我代表省人民政府，向大会报告工作。',
      '一、过去五年工作\n我省依法行政。',
    ],
    { place: '河北省' },
  ),
  report(
    'quoted region chain',
    [
      '2023年，我区坚持依法行政。现将2023年度法治政府建设情况报告如下。',
      '一、主要工作\n印发《荆门市东宝区重大决策目录》《东宝区执法监督办法》，我区开展检查。',
    ],
    { place: '东宝区', code: '420802', parent: '荆门市', year: 2023 },
  ),
  report(
    'full-width digits',
    [
      '２０２２年度柘城县法治政府建设情况报告',
      '２０２２年，柘城县依法行政。',
      body('我县'),
      '柘城县人民政府',
      '２０２３年２月１０日',
    ],
    { place: '柘城县', code: '411424', year: 2022, date: '2023-02-10' },
  ),
  report(
    'zone after a short name',
    [
      '赣州经济技术开发区2023年法治政府建设工作情况报告',
      '2023年，赣州经开区坚持依法行政。',
      body('全区'),
    ],
    { place: '赣州经济技术开发区', code: null, level: '开发区', parent: '赣州市' },
  ),
  report(
    'a district that is to become a model',
    [
      '关于长丰县创建全国法治政府建设示范区工作情况的报告',
      '2023年，长丰县坚持依法行政。',
      body('我县'),
    ],
    { place: '长丰县', code: '340121', level: '县' },
  ),
  report(
    'only superiors are named',
    [
      '唐山市人民政府：',
      '2022年，按照唐山市统一部署，我县坚持依法行政。现将有关情况报告如下。',
      body('我县'),
    ],
    { place: null, code: null, year: 2022 },
  ),
  report(
    'only an addressee is named',
    [
      '唐山市委、唐山市人民政府：',
      '2022年，我县坚持依法行政。现将有关情况报告如下。',
      body('我县'),
    ],
    { place: null, code: null },
  ),
  report(
    'rules of the province more often than its own',
    [
      '2022年，我县坚持依法行政。现将有关情况报告如下。',
      body('我县'),
      '学习《河北省行政执法监督条例》《河北省法治宣传教育条例》《河北省地方政府立法规定》，' +
        '印发《迁西县重大行政决策目录》《迁西县行政规范性文件管理办法》。',
    ],
    { place: '迁西县', code: '130227', origin: 'inferred', province: '河北省' },
  ),
  report(
    'a date without a label beside labels',
    [
      '遂平县2022年法治政府建设情况报告',
      '2023-03-29 10:12 来源：县政府办 浏览次数：12',
      '2022年，遂平县坚持依法行政。',
      body('我县'),
    ],
    { place: '遂平县', date: '2023-03-29' },
  ),
]

it.each(REPORTS)('reads place, year and date of: $name', ({ text, want }) => {
  const meta = metaOf(text, structureOf(text), NO_MARKUP)
  const found: Want = {
    place: meta.jurisdiction?.value ?? null,
    origin: meta.jurisdiction?.origin ?? 'ask',
    code: meta.code?.value ?? null,
    level: meta.level?.value ?? '',
    province: meta.province?.value ?? '',
    parent: meta.parent?.value ?? null,
    year: meta.yearCovered?.value ?? null,
    date: meta.publishDate?.value ?? null,
    issuers: meta.issuers.map(({ value }) => value).join('; '),
  }
  expect(found).toMatchObject(want)
})

it.each([
  ['国家税务总局石家庄市税务局', '石家庄市'],
  ['国家统计局河北调查总队', '河北省'],
  ['国家税务总局', null],
])('takes %s for an organ of its place, if it has one', (name, place) => {
  const text = `${name}2023年法治政府建设情况报告\n2023年，我单位坚持依法行政。现将有关情况报告如下。`
  const meta = metaOf(text, structureOf(text), NO_MARKUP)
  expect(meta.jurisdiction?.value ?? null).toBe(place)
})
