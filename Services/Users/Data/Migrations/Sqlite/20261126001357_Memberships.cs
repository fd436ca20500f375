using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Users.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Memberships : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "NoticeText",
                table: "ReceiptMails",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NoticeTitle",
                table: "ReceiptMails",
                type: "TEXT",
                maxLength: 200,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "NoticeText",
                table: "ReceiptMails");

            migrationBuilder.DropColumn(
                name: "NoticeTitle",
                table: "ReceiptMails");
        }
    }
}
