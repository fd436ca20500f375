using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Users.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Mails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ReceiptMails_OrderId",
                table: "ReceiptMails");

            migrationBuilder.AddColumn<string>(
                name: "NoticeLink",
                table: "ReceiptMails",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReceiptMails_OrderId_Mailing",
                table: "ReceiptMails",
                columns: new[] { "OrderId", "Mailing" },
                unique: true,
                filter: "[GiftId] IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ReceiptMails_OrderId_Mailing",
                table: "ReceiptMails");

            migrationBuilder.DropColumn(
                name: "NoticeLink",
                table: "ReceiptMails");

            migrationBuilder.CreateIndex(
                name: "IX_ReceiptMails_OrderId",
                table: "ReceiptMails",
                column: "OrderId",
                unique: true,
                filter: "[GiftId] IS NULL");
        }
    }
}
