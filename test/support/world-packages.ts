/** Packages with texts in many scripts and with long names: what others than English speakers publish. */
import { buildPackage, type PackageOptions } from "./package-builder.js";

export const chineseId = "世界.数据.文本处理工具";
export const longId = `${"Contoso.".repeat(12)}Long`;

const packages: readonly PackageOptions[] = [
  {
    id: chineseId,
    version: "1.0.0",
    authors: "王小明, 李华",
    title: "文本处理工具 🛠️",
    description: "用于解析、清理和格式化文本的库。支持表情符号 🎉 和双向文字。",
    tags: "文本 解析 表情符号 emoji",
    readme: {
      path: "README.md",
      content:
        '# 文本处理工具 🛠️\n\n用于解析文本的库。\n\n- 快速 ⚡\n- 没有依赖\n\n```csharp\nvar 文本 = 工具.解析("你好");\n```\n',
    },
  },
  {
    id: "Contoso.Arabic",
    version: "1.0.0",
    authors: "شركة كونتوسو",
    title: "أدوات النصوص",
    description: "مكتبة لقراءة النصوص العربية وكتابتها، مع دعم Unicode الكامل.",
    tags: "نص عربي",
    readme: {
      path: "README.md",
      content:
        "# أدوات النصوص\n\nمكتبة لقراءة النصوص. استخدم `dotnet add package`.\n\n1. سهلة\n2. سريعة\n\n| الاسم | القيمة |\n|---|---|\n| أ | 1 |\n",
    },
  },
  {
    id: longId,
    version: "10.20.30-preview.20240102.123456+build",
    authors: "A".repeat(120),
    title: "Long".repeat(40),
    description: `${"Averylongwordwithoutanyplacetobreak".repeat(6)} and then some words.`,
    tags: `${"tag-".repeat(40)} short`,
    dependencies: {
      [`${longId.slice(0, 95)}.Base`]: "[10.20.30-preview.20240102.123456, 11.0.0-preview.20250102.123456)",
    },
    files: { [`lib/net8.0-windows10.0.19041/${"LongFileName".repeat(12)}.dll`]: "x", "readme.txt": "x" },
    readme: {
      path: "README.md",
      content: `# ${"Heading".repeat(20)}\n\n\`${"code".repeat(60)}\`\n\n${"https://example.com/".padEnd(300, "path")}\n\n\`\`\`\n${"line ".repeat(80)}\n\`\`\`\n\n| ${"a | ".repeat(14)}\n|${"---|".repeat(14)}\n| ${"cell | ".repeat(14)}\n`,
    },
  },
];

/** File name → bytes. */
export function worldPackages(): ReadonlyMap<string, Uint8Array> {
  return new Map(packages.map((options, n) => [`world-${n}.nupkg`, buildPackage(options)]));
}
