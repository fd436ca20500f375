using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PlayStationStore.AppHost.Tests;

/// <summary>Who may know whom, and how the projects are laid out.</summary>
public sealed partial class ReferencesTests
{
    private static readonly string s_root = FindRoot();

    public static TheoryData<string, string> Rules => new()
    {
        { "Services/Contracts", "" },
        { "Services/Messaging", "" },
        { "ServiceDefaults", "" },
        { "Services/Users", "Contracts Messaging ServiceDefaults" },
        { "Services/Products", "Contracts Messaging ServiceDefaults" },
        { "Services/Orders", "Contracts Messaging ServiceDefaults" },
        { "Gateway", "ServiceDefaults" },
        { "Web", "ServiceDefaults" },
        { "AppHost", "Users Products Orders Web Gateway" },
        { "tests/Testing", "Messaging ServiceDefaults" },
        { "tests/Users.Tests", "Users Testing" },
        { "tests/Products.Tests", "Products Testing" },
        { "tests/Orders.Rules.Tests", "Orders" },
        { "tests/Orders.Tests", "Orders Testing" },
        { "tests/Messaging.Tests", "Messaging Testing" },
        { "tests/Gateway.Tests", "Gateway Testing" },
        { "tests/Web.Tests", "Web Testing" },
        { "tests/AppHost.Tests", "AppHost Testing" },
        { "tests/Store.Tests", "AppHost Testing Load" },
        { "tests/Load", "" },
    };

    [Theory, MemberData(nameof(Rules))]
    public void A_project_refers_to_none_but_those_it_may(string folder, string allowed)
    {
        var project = Path.Combine(s_root, folder, Path.GetFileName(folder) + ".csproj");
        var references = XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(allowed.Split(' '), StringComparer.Ordinal));
    }

    [Fact]
    public void Contracts_needs_no_package() =>
        Assert.Empty(XDocument.Load(Path.Combine(s_root, "Services/Contracts/Contracts.csproj")).Descendants("PackageReference"));

    [Fact]
    public void Every_project_has_a_rule_and_is_in_the_solution()
    {
        var projects = Directory.EnumerateFiles(s_root, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(s_root, file).Replace('\\', '/')).Order(StringComparer.Ordinal).ToList();
        var solution = File.ReadAllText(Path.Combine(s_root, "PlayStationStore.sln")).Replace('\\', '/');

        Assert.Equal(projects.Select(project => Path.GetDirectoryName(project)!), Rules.Select(rule => rule.Data.Item1).Order(StringComparer.Ordinal));
        Assert.All(projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Packages_are_pinned_in_one_place_only()
    {
        var versions = Directory.EnumerateFiles(s_root, "*.csproj", SearchOption.AllDirectories)
            .SelectMany(file => XDocument.Load(file).Descendants("PackageReference"))
            .Where(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null);

        Assert.Empty(versions);
    }

    [Theory, MemberData(nameof(Rules))]
    public void A_project_has_one_flat_namespace(string folder, string allowed)
    {
        _ = allowed;
        var expected = $"PlayStationStore.{Path.GetFileName(folder)}";
        var others = Directory.EnumerateFiles(Path.Combine(s_root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(s_root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                && !file.Contains("/Migrations/", StringComparison.Ordinal))
            .SelectMany(file => Namespaces().Matches(File.ReadAllText(Path.Combine(s_root, file))).Select(match => (file, name: match.Groups[1].Value)))
            .Where(found => found.name != expected);

        Assert.Empty(others);
    }

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespaces();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PlayStationStore.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
