namespace PlayStationStore.AppHost;

/// <summary>Files and folders that nobody but the user who runs the store can read.</summary>
internal static class OwnFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Where; the folder exists.</param>
    /// <param name="text">What.</param>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    /// <summary>Makes a folder if it is missing.</summary>
    /// <param name="path">Where.</param>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
